package io.langfuse4j.server.api;

import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.store.Order;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Query parameters as Langfuse reads them. */
public final class Parameters {
  private Parameters() {}

  /** Which page of a list. */
  record Page(int page, int limit) {
    long offset() {
      return (page - 1L) * limit;
    }
  }

  static Page page(Request request) {
    return page(request, 50);
  }

  static Page page(Request request, int usualLimit) {
    return new Page(
        integer(request, "page", 1, 1, Integer.MAX_VALUE),
        integer(request, "limit", usualLimit, 1, 100));
  }

  /** A whole number within bounds; the default when absent or empty. */
  public static int integer(Request request, String name, int standard, int least, int most) {
    String text = request.query(name);
    if (text == null) {
      return standard;
    }
    long value;
    try {
      value = Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw Issues.invalidType(name, "number", "NaN");
    }
    if (value < least) {
      throw Issues.tooSmall(name, least);
    }
    if (value > most) {
      throw Issues.tooBig(name, most);
    }
    return (int) value;
  }

  /** An ISO 8601 date-time with zone; null when absent. */
  public static @Nullable Instant instant(Request request, String name) {
    String text = request.query(name);
    if (text == null) {
      return null;
    }
    Instant instant = parseInstant(text);
    if (instant == null) {
      throw Issues.invalidDate(name);
    }
    return instant;
  }

  static @Nullable Instant parseInstant(String text) {
    try {
      // A plus sign that the client did not escape arrives as a space.
      return OffsetDateTime.parse(text.strip().replace(' ', '+')).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  static @Nullable Boolean flag(Request request, String name) {
    String text = request.query(name);
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw Issues.invalidType(name, "boolean", "string");
    };
  }

  /** One of an enum's names; null when absent. */
  static <E extends Enum<E>> @Nullable E option(Request request, String name, Class<E> type) {
    String text = request.query(name);
    if (text == null) {
      return null;
    }
    for (E option : type.getEnumConstants()) {
      if (option.name().equals(text)) {
        return option;
      }
    }
    throw Issues.custom(name, "Invalid option '" + text + "'");
  }

  /** Values given by repeating the parameter or separated by commas. */
  static List<String> list(Request request, String name) {
    return request.queryAll(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  static List<String> repeated(Request request, String name) {
    return request.queryAll(name).stream().filter(value -> !value.isEmpty()).toList();
  }

  /** {@code column.asc} or {@code column.desc}. */
  static Order order(Request request, Order standard) {
    String text = request.query("orderBy");
    if (text == null) {
      return standard;
    }
    int dot = text.lastIndexOf('.');
    String direction = dot < 0 ? "" : text.substring(dot + 1);
    if (!Set.of("asc", "desc").contains(direction)) {
      throw Issues.custom("orderBy", "Invalid order, expected column.asc or column.desc");
    }
    return new Order(text.substring(0, dot), "desc".equals(direction));
  }
}
