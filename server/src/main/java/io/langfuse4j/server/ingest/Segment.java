package io.langfuse4j.server.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of the journal: frames of length, checksum and content. A frame that was not written
 * whole, at the end, is as if it had never been. Confined to one thread.
 */
final class Segment implements AutoCloseable {
  static final String SUFFIX = ".journal";

  private static final int HEAD = 2 * Integer.BYTES;
  private static final int LARGEST = 1 << 29;

  private final Path file;
  private final FileChannel channel;
  private long end;

  private Segment(Path file, FileChannel channel, long end) {
    this.file = file;
    this.channel = channel;
    this.end = end;
  }

  static Path file(Path folder, long number) {
    return folder.resolve(String.format(Locale.ROOT, "%012d%s", number, SUFFIX));
  }

  static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  static Segment create(Path folder, long number) throws IOException {
    Files.createDirectories(folder);
    Path file = file(folder, number);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Segment segment = new Segment(file, channel, 0);
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException e) {
      // Not every system can; those that cannot keep names in order themselves.
    }
    return segment;
  }

  static Segment read(Path folder, long number) throws IOException {
    Path file = file(folder, number);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return new Segment(file, channel, channel.size());
  }

  long end() {
    return end;
  }

  /** Adds a frame; it is on disk only after {@link #force}. */
  void append(List<ByteBuffer> parts) throws IOException {
    CRC32C checksum = new CRC32C();
    int length = 0;
    for (ByteBuffer part : parts) {
      length += part.remaining();
      checksum.update(part.duplicate());
    }
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    head.putInt(length).putInt((int) checksum.getValue()).flip();
    long start = end;
    boolean written = false;
    try {
      write(head);
      for (ByteBuffer part : parts) {
        write(part);
      }
      written = true;
    } finally {
      if (!written) {
        backTo(start);
      }
    }
  }

  /** After a write that failed half-way: what was written of it must not stay. */
  private void backTo(long start) throws IOException {
    end = start;
    channel.truncate(start);
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      end += channel.write(bytes, end);
    }
  }

  void force() throws IOException {
    channel.force(false);
  }

  /** The frame at a position; null if there is none, or none that is whole. */
  byte @Nullable [] frame(long position) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    if (!fill(head, position)) {
      return null;
    }
    int length = head.getInt(0);
    if (length < 0 || length > LARGEST) {
      return null;
    }
    if (position + HEAD + length > channel.size()) {
      return null;
    }
    ByteBuffer content = ByteBuffer.allocate(length);
    if (!fill(content, position + HEAD)) {
      return null;
    }
    CRC32C checksum = new CRC32C();
    checksum.update(content.array());
    return (int) checksum.getValue() == head.getInt(Integer.BYTES) ? content.array() : null;
  }

  private boolean fill(ByteBuffer buffer, long from) throws IOException {
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, from + buffer.position());
      if (count < 0) {
        return false;
      }
    }
    return true;
  }

  static long after(long position, byte[] frame) {
    return position + HEAD + frame.length;
  }

  void delete() throws IOException {
    close();
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
