package io.langfuse4j.internal.export;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Request bodies on disk, oldest first, one file each, bounded by their bytes. A body appears by an
 * atomic rename, so that a process that is killed leaves whole files and at most one unfinished
 * one, which is deleted at the next start. Not synced to the device: what is kept survives the
 * death of the process, not of the machine.
 *
 * <p>Each process works in a numbered folder of its own, which it holds by a file lock, and takes
 * over what folders of ended processes contain.
 *
 * <p>Thread-safe.
 */
final class SpillDirectory implements AutoCloseable {

  private static final int MAX_PROCESSES = 256;
  private static final Pattern NAME = Pattern.compile("(\\d{19})-(\\d{1,9})\\.otlp\\.gz");

  /**
   * A body that waits.
   *
   * @param spans how many spans it holds
   */
  record Entry(long sequence, int spans, long bytes, Path file) {}

  private final Object lock = new Object();
  private final long maxBytes;
  private final Path folder;
  private final FileChannel lockChannel;
  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private long bytes;
  private long lastSequence;

  SpillDirectory(Path directory, long maxBytes) throws IOException {
    this.maxBytes = maxBytes;
    Path own = null;
    FileChannel ownLock = null;
    for (int i = 0; i < MAX_PROCESSES; i++) {
      Path candidate = directory.resolve(Integer.toString(i));
      if (own != null && !Files.isDirectory(candidate)) {
        break;
      }
      FileChannel locked = tryLock(candidate);
      if (locked == null) {
        continue;
      }
      if (own == null) {
        own = candidate;
        ownLock = locked;
      } else {
        adopt(candidate, own);
        locked.close();
      }
    }
    if (own == null || ownLock == null) {
      throw new IOException("all " + MAX_PROCESSES + " folders in " + directory + " are in use");
    }
    this.folder = own;
    this.lockChannel = ownLock;
    load();
  }

  private static @Nullable FileChannel tryLock(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return channel;
      }
    } catch (OverlappingFileLockException heldByAnotherClientHere) {
      channel.close();
      return null;
    }
    channel.close();
    return null;
  }

  private static void adopt(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Iterator<Path> i = files.iterator(); i.hasNext(); ) {
        Path file = i.next();
        if (NAME.matcher(file.getFileName().toString()).matches()) {
          Files.move(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private void load() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Iterator<Path> i = files.iterator(); i.hasNext(); ) {
        Path file = i.next();
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          Entry entry =
              new Entry(
                  Long.parseLong(name.group(1)),
                  Integer.parseInt(name.group(2)),
                  Files.size(file),
                  file);
          entries.put(entry.sequence(), entry);
          bytes += entry.bytes();
        } else if (file.toString().endsWith(".tmp")) {
          Files.delete(file);
        }
      }
    }
    lastSequence = entries.isEmpty() ? 0 : entries.lastKey();
  }

  /** Keeps a body; null if it does not fit any more. */
  @Nullable Entry append(byte[] body, int spans) throws IOException {
    long sequence;
    synchronized (lock) {
      if (bytes + body.length > maxBytes) {
        return null;
      }
      bytes += body.length;
      // Ordered by time across restarts, and unique however coarse or jumpy the clock is.
      lastSequence = Math.max(lastSequence + 1, System.currentTimeMillis() * 1_000);
      sequence = lastSequence;
    }
    String name = String.format(Locale.ROOT, "%019d-%d.otlp.gz", sequence, spans);
    try {
      Path unfinished = Files.write(folder.resolve(name + ".tmp"), body);
      Path file = Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      Entry entry = new Entry(sequence, spans, body.length, file);
      synchronized (lock) {
        entries.put(sequence, entry);
      }
      return entry;
    } catch (IOException e) {
      synchronized (lock) {
        bytes -= body.length;
      }
      throw e;
    }
  }

  /** The body that has waited longest; null if none waits. */
  @Nullable Entry oldest() {
    synchronized (lock) {
      Map.Entry<Long, Entry> first = entries.firstEntry();
      return first == null ? null : first.getValue();
    }
  }

  /** The highest sequence number that waits now, or -1. */
  long newestSequence() {
    synchronized (lock) {
      return entries.isEmpty() ? -1 : entries.lastKey();
    }
  }

  /** Whether nothing up to that sequence number waits any more. */
  boolean isDrainedTo(long sequence) {
    synchronized (lock) {
      return entries.isEmpty() || entries.firstKey() > sequence;
    }
  }

  long bytes() {
    synchronized (lock) {
      return bytes;
    }
  }

  int spans() {
    synchronized (lock) {
      return entries.values().stream().mapToInt(Entry::spans).sum();
    }
  }

  /**
   * The body of an entry.
   *
   * @throws IOException if it cannot be read or is not what was written
   */
  byte[] read(Entry entry) throws IOException {
    byte[] body = Files.readAllBytes(entry.file());
    try (GZIPInputStream whole = new GZIPInputStream(new ByteArrayInputStream(body))) {
      // The check sum at the end tells a whole file from one that a full disk cut.
      whole.transferTo(OutputStream.nullOutputStream());
    }
    return body;
  }

  void remove(Entry entry) {
    synchronized (lock) {
      if (entries.remove(entry.sequence()) != null) {
        bytes -= entry.bytes();
      }
    }
    try {
      Files.deleteIfExists(entry.file());
    } catch (IOException e) {
      // It is sent again at the next start; the server knows the span ids and keeps one copy.
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      lockChannel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
