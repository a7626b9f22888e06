package io.langfuse4j.internal.json;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Growing text that refuses to pass its bound. Like {@link String}, which it becomes in the end, it
 * takes one byte per character until a character needs two; so neither English nor Japanese is
 * converted to UTF-8 and back on the application's thread.
 *
 * <p>Confined to the thread that encodes.
 */
final class TextBuffer extends Writer {

  /** Room for the markers and brackets that close a value which used up its budget. */
  private static final int SLACK = 64 * 1024;

  private static final int INITIAL = 4 * 1024;
  private static final int KEEP = 256 * 1024;

  private final int hardLimit;
  private byte[] narrow = new byte[INITIAL];
  private char[] wide = {};
  private boolean isWide;
  private int count;
  private int beyondAscii;

  TextBuffer(int softLimit) {
    this.hardLimit = softLimit + SLACK;
  }

  /** Characters so far. */
  int count() {
    return count;
  }

  /** Size in UTF-8, or a little more if there are surrogate pairs. */
  int bytes() {
    return count + beyondAscii;
  }

  /** False while all characters are ISO 8859-1 and in {@link #reserveNarrow}'s array. */
  boolean isWide() {
    return isWide;
  }

  void reset() {
    count = 0;
    beyondAscii = 0;
    isWide = false;
    if (narrow.length > KEEP) {
      narrow = new byte[INITIAL];
    }
    if (wide.length > KEEP) {
      wide = new char[INITIAL];
    }
  }

  @Override
  public void write(char[] source, int offset, int length) throws IOException {
    int end = offset + length;
    int taken = isWide ? offset : writeNarrow(source, offset, end);
    if (taken < end) {
      widen();
      char[] target = reserveWide(end - taken);
      int at = count;
      int more = 0;
      for (int i = taken; i < end; i++) {
        target[at++] = source[i];
        more += bytesBeyondOne(source[i]);
      }
      advanceTo(at, more);
    }
  }

  private int writeNarrow(char[] source, int offset, int end) throws IOException {
    byte[] target = reserveNarrow(end - offset);
    int at = count;
    int more = 0;
    int i = offset;
    while (i < end && source[i] <= 0xFF) {
      more += source[i] >>> 7;
      target[at++] = (byte) source[i++];
    }
    advanceTo(at, more);
    return i;
  }

  /** What UTF-8 takes for a character beyond the one of ASCII. */
  static int bytesBeyondOne(char c) {
    return (c >= 0x80 ? 1 : 0) + (c >= 0x800 ? 1 : 0);
  }

  /** The array of one byte per character, with room for {@code more} behind {@link #count()}. */
  byte[] reserveNarrow(int more) throws IOException {
    if (count + (long) more > narrow.length) {
      narrow = Arrays.copyOf(narrow, grown(narrow.length, more));
    }
    return narrow;
  }

  /** The array of two bytes per character, with room for {@code more} behind {@link #count()}. */
  char[] reserveWide(int more) throws IOException {
    if (count + (long) more > wide.length) {
      wide = Arrays.copyOf(wide, grown(wide.length, more));
    }
    return wide;
  }

  private int grown(int length, int more) throws IOException {
    long needed = (long) count + more;
    if (needed + beyondAscii > hardLimit) {
      throw new IOException("value exceeds " + hardLimit + " bytes");
    }
    return (int) Math.min(hardLimit, Math.max(needed, length * 2L));
  }

  /** From here on two bytes per character. */
  void widen() throws IOException {
    if (isWide) {
      return;
    }
    if (count > wide.length) {
      wide = new char[grown(count, 0)];
    }
    for (int i = 0; i < count; i++) {
      wide[i] = (char) (narrow[i] & 0xFF);
    }
    isWide = true;
  }

  /**
   * Counts what was written into the reserved room.
   *
   * @param more sum of {@link #bytesBeyondOne}
   */
  void advanceTo(int newCount, int more) {
    count = newCount;
    beyondAscii += more;
  }

  /** The text; halves of surrogate pairs, which UTF-8 cannot carry, become U+FFFD. */
  String text() {
    if (!isWide) {
      return new String(narrow, 0, count, StandardCharsets.ISO_8859_1);
    }
    Surrogates.replaceUnpaired(wide, count);
    return new String(wide, 0, count);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
