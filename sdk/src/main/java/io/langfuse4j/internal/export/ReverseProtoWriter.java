package io.langfuse4j.internal.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes protobuf from the end to the front. A nested message is written before its length is
 * needed, so one pass suffices and nothing is measured twice. Fields therefore go in in reverse
 * order: last field first, and within a field value, length, tag.
 *
 * <p>Not thread-safe. The buffer is kept between messages unless one was very large.
 */
final class ReverseProtoWriter {

  private static final int INITIAL = 64 * 1024;
  private static final int KEEP = 8 * 1024 * 1024;

  private byte[] buffer = new byte[INITIAL];
  private int position = buffer.length;

  /** Bytes written so far. */
  int size() {
    return buffer.length - position;
  }

  void reset() {
    if (buffer.length > KEEP) {
      buffer = new byte[INITIAL];
    }
    position = buffer.length;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(buffer, position, size());
  }

  /** Ends a nested message whose content began when {@link #size()} was {@code mark}. */
  void message(int field, int mark) {
    varint(size() - mark);
    tag(field, 2);
  }

  void string(int field, String value) {
    if (!value.isEmpty()) {
      stringAlways(field, value);
    }
  }

  /** Writes the field also for an empty string, as members of a {@code oneof} need. */
  void stringAlways(int field, String value) {
    bytesAlways(field, value.getBytes(StandardCharsets.UTF_8));
  }

  void bytesAlways(int field, byte[] value) {
    ensure(value.length);
    position -= value.length;
    System.arraycopy(value, 0, buffer, position, value.length);
    varint(value.length);
    tag(field, 2);
  }

  void varintAlways(int field, long value) {
    varint(value);
    tag(field, 0);
  }

  void uint32(int field, int value) {
    if (value != 0) {
      varintAlways(field, value);
    }
  }

  void fixed64(int field, long value) {
    ensure(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      buffer[--position] = (byte) (value >>> shift);
    }
    tag(field, 1);
  }

  void fixed32(int field, int value) {
    ensure(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer[--position] = (byte) (value >>> shift);
    }
    tag(field, 5);
  }

  private void tag(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  private void varint(long value) {
    int length = (63 - Long.numberOfLeadingZeros(value | 1)) / 7 + 1;
    ensure(length);
    position -= length;
    int at = position;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer[at++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    buffer[at] = (byte) rest;
  }

  private void ensure(int more) {
    if (position < more) {
      int size = size();
      int wanted = Math.max(buffer.length * 2, Math.addExact(size, more) + INITIAL);
      byte[] larger = new byte[wanted];
      System.arraycopy(buffer, position, larger, wanted - size, size);
      buffer = larger;
      position = wanted - size;
    }
  }
}
