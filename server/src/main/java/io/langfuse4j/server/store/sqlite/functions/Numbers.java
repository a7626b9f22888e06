package io.langfuse4j.server.store.sqlite.functions;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Many numbers of one group, as the text that {@code group_concat} makes of them: one call from
 * SQLite for a group instead of several for each row.
 */
public final class Numbers {
  private static final double[] NONE = {};

  private Numbers() {}

  /** The SQL that gives what {@link #parse} reads; null for a group without any value. */
  public static String gathered(String values) {
    return "group_concat(" + values + ")";
  }

  /** What is sorted in parts is soon sorted as a whole. */
  public static double[] sorted(@Nullable String text) {
    double[] numbers = parse(text);
    Arrays.sort(numbers);
    return numbers;
  }

  /** In the order of the text; none for null. */
  static double[] parse(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return NONE;
    }
    double[] numbers = new double[16];
    int count = 0;
    int start = 0;
    while (start < text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, count * 2);
      }
      numbers[count++] = number(text, start, end);
      start = end + 1;
    }
    return Arrays.copyOf(numbers, count);
  }

  /** Most are short whole numbers. */
  private static double number(String text, int start, int end) {
    if (end - start > 15) {
      return Double.parseDouble(text.substring(start, end));
    }
    long whole = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return Double.parseDouble(text.substring(start, end));
      }
      whole = whole * 10 + digit;
    }
    return whole;
  }
}
