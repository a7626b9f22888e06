package io.langfuse4j.server.store.clickhouse;

import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Values as SQL text. Everything that comes from outside becomes part of a statement here and
 * nowhere else.
 */
final class Literal {
  private Literal() {}

  static String of(Object value) {
    if (value instanceof Instant time) {
      return Long.toString(time.toEpochMilli());
    }
    if (value instanceof Boolean flag) {
      return flag ? "1" : "0";
    }
    if (value instanceof Integer || value instanceof Long) {
      return value.toString();
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) ? number.toString() : "NULL";
    }
    return text(value.toString());
  }

  /** In brackets; null where nothing is listed, which matches nothing. */
  static String list(Collection<?> values) {
    return values.isEmpty()
        ? "(NULL)"
        : values.stream().map(Literal::of).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String text(String value) {
    StringBuilder literal = new StringBuilder(value.length() + 8).append('\'');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> literal.append("\\\\");
        case '\'' -> literal.append("\\'");
        case '\0' -> literal.append("\\0");
        default -> literal.append(c);
      }
    }
    return literal.append('\'').toString();
  }
}
