package io.langfuse4j.instrumentation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads JSON that is held as maps and lists, and may not have the form one expects. */
public final class Fields {

  private Fields() {}

  /** The text, or null if {@code value} is none. */
  public static @Nullable String text(@Nullable Object value) {
    return value instanceof String string ? string : null;
  }

  /** The number, or 0 if {@code value} is none. */
  public static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  /** The object, or null if {@code value} is none. */
  @SuppressWarnings("unchecked") // JSON has no other keys
  public static @Nullable Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : null;
  }

  /** The object, or an empty one if {@code value} is none. */
  public static Map<String, Object> map(@Nullable Object value) {
    Map<String, Object> map = object(value);
    return map == null ? new LinkedHashMap<>() : map;
  }

  /** The objects in a list; none if {@code value} is no list. */
  public static List<Map<String, Object>> maps(@Nullable Object value) {
    if (!(value instanceof Collection<?> items)) {
      return new ArrayList<>();
    }
    List<Map<String, Object>> maps = new ArrayList<>(items.size());
    for (Object item : items) {
      Map<String, Object> map = object(item);
      if (map != null) {
        maps.add(map);
      }
    }
    return maps;
  }

  /** Takes the fields that are null out of {@code map}, all the way down, and returns it. */
  public static Map<String, Object> withoutNulls(Map<String, Object> map) {
    map.values().removeIf(Objects::isNull);
    map.values().forEach(Fields::clean);
    return map;
  }

  private static void clean(Object value) {
    Map<String, Object> map = object(value);
    if (map != null) {
      withoutNulls(map);
    } else if (value instanceof List<?> list) {
      list.stream().filter(Objects::nonNull).forEach(Fields::clean);
    }
  }
}
