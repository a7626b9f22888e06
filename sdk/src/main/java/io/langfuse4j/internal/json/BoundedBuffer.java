package io.langfuse4j.internal.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array that refuses to pass its bound. Confined to the thread that encodes. */
final class BoundedBuffer extends OutputStream {

  /** Room for the markers and brackets that close a value which used up its budget. */
  private static final int SLACK = 64 * 1024;

  private static final int KEEP = 256 * 1024;

  private final int hardLimit;
  private byte[] bytes = new byte[4 * 1024];
  private int count;

  BoundedBuffer(int softLimit) {
    this.hardLimit = softLimit + SLACK;
  }

  int count() {
    return count;
  }

  void reset() {
    count = 0;
    if (bytes.length > KEEP) {
      bytes = new byte[4 * 1024];
    }
  }

  @Override
  public void write(int b) throws IOException {
    ensure(1);
    bytes[count++] = (byte) b;
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    ensure(length);
    System.arraycopy(source, offset, bytes, count, length);
    count += length;
  }

  private void ensure(int more) throws IOException {
    long needed = (long) count + more;
    if (needed > hardLimit) {
      throw new IOException("value exceeds " + hardLimit + " bytes");
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(hardLimit, Math.max(needed, bytes.length * 2L)));
    }
  }

  String text() {
    return new String(bytes, 0, count, StandardCharsets.UTF_8);
  }
}
