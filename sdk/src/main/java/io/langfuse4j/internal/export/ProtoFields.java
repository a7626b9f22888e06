package io.langfuse4j.internal.export;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The fields of a protobuf message one after the other, without knowing its type.
 *
 * <p>Not thread-safe. {@link IndexOutOfBoundsException} where the bytes are no message.
 */
final class ProtoFields {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int start;
  private final int end;
  private int field;
  private int wireType;
  private int fieldStart;
  private int valueStart;
  private int position;

  private ProtoFields(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.position = start;
  }

  static ProtoFields of(byte[] message) {
    return new ProtoFields(message, 0, message.length);
  }

  /** Goes to the next field; false at the end. */
  boolean next() {
    if (position >= end) {
      return false;
    }
    fieldStart = position;
    long tag = varint();
    field = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    valueStart = position;
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> position += 8;
      case FIXED32 -> position += 4;
      case LENGTH_DELIMITED -> {
        long length = varint();
        valueStart = position;
        if (length < 0 || length > end - position) {
          throw new IndexOutOfBoundsException("length " + length);
        }
        position += (int) length;
      }
      default -> throw new IndexOutOfBoundsException("wire type " + wireType);
    }
    if (position > end) {
      throw new IndexOutOfBoundsException("end of message");
    }
    return true;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position >= end) {
        throw new IndexOutOfBoundsException("end of message");
      }
      byte next = bytes[position++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("varint");
  }

  /** Whether the field is this one, and a message, a text or bytes. */
  boolean is(int number) {
    return field == number && wireType == LENGTH_DELIMITED;
  }

  /** The fields of the message that is the value. */
  ProtoFields content() {
    return new ProtoFields(bytes, valueStart, position);
  }

  /** The value of a text, of bytes or of a message. */
  byte[] bytes() {
    return Arrays.copyOfRange(bytes, valueStart, position);
  }

  /** Writes the field as it is. */
  void copy(ByteArrayOutputStream out) {
    out.write(bytes, fieldStart, position - fieldStart);
  }

  /** The whole message without one field. */
  byte[] without(int number) {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    for (ProtoFields each = new ProtoFields(bytes, start, end); each.next(); ) {
      if (!each.is(number)) {
        each.copy(rest);
      }
    }
    return rest.toByteArray();
  }

  /** Writes a message, a text or bytes. */
  static void write(ByteArrayOutputStream out, int number, byte[] value) {
    varint(out, (long) number << 3 | LENGTH_DELIMITED);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      out.write((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }
}
