package io.langfuse4j.server.store.sqlite.metrics;

import org.jspecify.annotations.Nullable;

/** Values of columns without a type, as the driver gives them: in SQLite's order. */
final class SqliteValues {
  private SqliteValues() {}

  /** Null before numbers, numbers before text, text by its code points. */
  static int compare(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number one && right instanceof Number other) {
      return compare(one, other);
    }
    int byKind = Integer.compare(kind(left), kind(right));
    if (byKind != 0 || left == null || right == null) {
      return byKind;
    }
    return compare(left.toString(), right.toString());
  }

  private static int kind(@Nullable Object value) {
    if (value == null) {
      return 0;
    }
    return value instanceof Number ? 1 : 2;
  }

  private static int compare(Number left, Number right) {
    return left instanceof Double || right instanceof Double
        ? Double.compare(left.doubleValue(), right.doubleValue())
        : Long.compare(left.longValue(), right.longValue());
  }

  private static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char one = left.charAt(i);
      char other = right.charAt(i);
      if (one != other) {
        // Halves of characters beyond the first 65,536 come after all others.
        boolean half = Character.isSurrogate(one);
        return half == Character.isSurrogate(other) ? one - other : (half ? 1 : -1);
      }
    }
    return left.length() - right.length();
  }

  /** As the driver gives a whole number. */
  static Object narrow(long number) {
    int small = (int) number;
    return small == number ? (Object) small : (Object) number;
  }
}
