package io.langfuse4j.server.http;

import io.langfuse4j.server.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A body in a file, hashed on the way. It holds one buffer, whatever the size; the sender waits
 * while that is written on another thread. Guarded by the flow: either the I/O thread has the
 * buffer, or the thread that writes it.
 */
final class BodyInFile implements Destination {
  private static final Logger LOGGER = LoggerFactory.getLogger(BodyInFile.class);
  private static final int BUFFER = 256 * 1024;

  private final Path folder;
  private final MemoryBudget.Reservation memory;
  private final Executor writing;
  private final MessageDigest digest = sha256();
  private @Nullable ByteBuffer buffer;
  private @Nullable Path path;
  private @Nullable FileChannel file;
  private @Nullable ReceivedFile received;
  private long length;

  /** Read by the thread that writes. */
  private volatile boolean abandoned;

  private volatile boolean busy;
  private volatile @Nullable StoreException failure;

  /**
   * @param folder made when it is needed
   * @param writing where to wait for the disk
   */
  BodyInFile(Path folder, MemoryBudget.Reservation memory, Executor writing) {
    this.folder = folder;
    this.memory = memory;
    this.writing = writing;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public @Nullable ByteBuffer room(long expected, Flow flow) {
    ByteBuffer current = buffer;
    if (current != null && failure != null) {
      // Clients read no answer before they have sent everything.
      return current.clear();
    }
    if (current == null) {
      int capacity = expected < 0 ? BUFFER : (int) Math.min(BUFFER, Math.max(1, expected));
      memory.grow(capacity);
      current = ByteBuffer.allocate(capacity);
      buffer = current;
    }
    if (current.hasRemaining()) {
      return current;
    }
    write(current, flow, false);
    return null;
  }

  @Override
  public void finish(Flow flow) {
    StoreException failed = failure;
    if (failed != null) {
      flow.failed(failed);
      return;
    }
    write(buffer == null ? ByteBuffer.allocate(0) : buffer, flow, true);
  }

  private void write(ByteBuffer full, Flow flow, boolean last) {
    busy = true;
    writing.execute(
        () -> {
          try {
            write(full.flip());
            full.clear();
            if (last) {
              received = complete();
            }
          } catch (IOException e) {
            failure = new StoreException("The file could not be written: " + e.getMessage(), e);
            remove();
          }
          busy = false;
          StoreException failed = failure;
          if (abandoned) {
            remove();
          } else if (last && failed != null) {
            flow.failed(failed);
          } else if (last) {
            flow.finished();
          } else {
            flow.resume();
          }
        });
  }

  private void write(ByteBuffer bytes) throws IOException {
    if (file == null) {
      Files.createDirectories(folder);
      path = Files.createTempFile(folder, "upload", ".part");
      file = FileChannel.open(path, StandardOpenOption.WRITE);
    }
    digest.update(bytes.duplicate());
    length += bytes.remaining();
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  private ReceivedFile complete() throws IOException {
    if (file == null || path == null) {
      throw new IOException("nothing was written");
    }
    file.close();
    return new ReceivedFile(path, length, HexFormat.of().formatHex(digest.digest()));
  }

  /** The client is gone; the thread that writes, if one does, finds out and removes the file. */
  @Override
  public void abandon() {
    abandoned = true;
    if (!busy) {
      remove();
    }
  }

  private void remove() {
    try {
      if (file != null) {
        file.close();
      }
      if (path != null) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      LOGGER.warn("A part of an upload is left in {}; it goes at the next start", folder, e);
    }
  }

  /** When it is finished. */
  ReceivedFile file() {
    if (received == null) {
      throw new IllegalStateException("The body is not complete");
    }
    return received;
  }

  /** After the answer: deletes what nobody has taken. */
  void close() {
    remove();
  }
}
