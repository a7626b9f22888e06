package io.langfuse4j.internal.json;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes prompts and answers as the content of a JSON string. Most of what an observation costs is
 * this, and a generator looks at each character.
 *
 * <p>Text is taken in chunks. The JVM's vectorised ISO 8859-1 encoder narrows a chunk to bytes,
 * which are then copied eight at a time as long as none of the eight needs an escape. From the
 * first character that is wider on, characters are copied one by one.
 *
 * <p>Confined to the thread that encodes.
 */
final class LongText {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final int CHUNK = 2_048;

  /** A control character becomes six: nothing takes more room. */
  private static final int WIDEST = 6;

  /** What follows the backslash, for the characters that have a letter. */
  private static final byte[] LETTERS = letters();

  private final TextBuffer buffer;
  private final char[] chars = new char[CHUNK];
  private final byte[] bytes = new byte[CHUNK];
  private final CharBuffer charView = CharBuffer.wrap(chars);
  private final ByteBuffer byteView = ByteBuffer.wrap(bytes);
  private final CharsetEncoder latin1 = StandardCharsets.ISO_8859_1.newEncoder();

  LongText(TextBuffer buffer) {
    this.buffer = buffer;
  }

  private static byte[] letters() {
    byte[] letters = new byte[128];
    String pairs = "\"\"\\\\\nn\rr\tt\bb\ff";
    for (int i = 0; i < pairs.length(); i += 2) {
      letters[pairs.charAt(i)] = (byte) pairs.charAt(i + 1);
    }
    return letters;
  }

  /** Appends {@code text} to the buffer, escaped, without quotation marks. */
  void write(String text) throws IOException {
    int length = text.length();
    for (int from = 0; from < length; from += CHUNK) {
      int size = Math.min(CHUNK, length - from);
      text.getChars(from, from + size, chars, 0);
      int taken = buffer.isWide() ? 0 : writeNarrow(size);
      if (taken < size) {
        buffer.widen();
        writeWide(taken, size);
      }
    }
  }

  /** Writes characters up to the first that does not fit a byte, and returns its index. */
  private int writeNarrow(int size) throws IOException {
    latin1.reset().encode(charView.limit(size).position(0), byteView.clear(), true);
    int length = byteView.position();
    byte[] target = buffer.reserveNarrow(length * WIDEST + Long.BYTES);
    int at = buffer.count();
    long seen = 0;
    int i = 0;
    while (i + Long.BYTES <= length) {
      long eight = (long) LONG.get(bytes, i);
      seen |= eight;
      LONG.set(target, at, eight);
      long escaped = escaped(eight);
      if (escaped == 0) {
        // A branch on purpose: adding the computed 8 would make each step wait for the last.
        i += Long.BYTES;
        at += Long.BYTES;
      } else {
        int plain = Long.numberOfTrailingZeros(escaped) >>> 3;
        i += plain;
        at = append(bytes[i++], target, at + plain);
      }
    }
    while (i < length) {
      seen |= bytes[i];
      at = append(bytes[i++], target, at);
    }
    buffer.advanceTo(at, (seen & HIGH_BITS) == 0 ? 0 : beyondAscii(length));
    return length;
  }

  private int beyondAscii(int length) {
    int found = 0;
    for (int i = 0; i < length; i++) {
      found += (bytes[i] & 0x80) >>> 7;
    }
    return found;
  }

  /**
   * The high bit of each byte that needs an escape: control characters, quotation mark, backslash.
   * Only the lowest bit is exact, borrows may set others. Exchanging 0x20 and 0x22 puts the
   * quotation mark next to the control characters, so that one comparison finds both.
   */
  private static long escaped(long eight) {
    long controlOrQuote = (eight ^ ONES * 0x02) - ONES * 0x21;
    long backslash = (eight ^ ONES * '\\') - ONES;
    return (controlOrQuote | backslash) & ~eight & HIGH_BITS;
  }

  private static int append(byte b, byte[] target, int position) {
    byte letter = b < 0 ? 0 : LETTERS[b];
    if (letter != 0) {
      target[position] = '\\';
      target[position + 1] = letter;
      return position + 2;
    }
    if (b < 0 || b >= ' ') {
      target[position] = b;
      return position + 1;
    }
    int at = position;
    for (byte part : controlEscape(b)) {
      target[at++] = part;
    }
    return at;
  }

  private static byte[] controlEscape(int c) {
    return String.format(Locale.ROOT, "\\u%04X", c).getBytes(StandardCharsets.US_ASCII);
  }

  private void writeWide(int start, int size) throws IOException {
    char[] target = buffer.reserveWide((size - start) * WIDEST);
    int at = buffer.count();
    int more = 0;
    for (int i = start; i < size; i++) {
      char c = chars[i];
      byte letter = c < LETTERS.length ? LETTERS[c] : 0;
      if (letter != 0) {
        target[at++] = '\\';
        target[at++] = (char) letter;
      } else if (c >= ' ') {
        target[at++] = c;
        more += TextBuffer.bytesBeyondOne(c);
      } else {
        for (byte part : controlEscape(c)) {
          target[at++] = (char) part;
        }
      }
    }
    buffer.advanceTo(at, more);
  }
}
