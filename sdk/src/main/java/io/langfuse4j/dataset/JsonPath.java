package io.langfuse4j.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON value, in the form that the server writes: {@code $}, and then {@code ['key']}
 * or {@code [0]} as often as needed. Keys are not escaped. Immutable.
 */
final class JsonPath {

  private final List<Object> segments;

  private JsonPath(List<Object> segments) {
    this.segments = segments;
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException if it has another form
   */
  static JsonPath parse(String path) {
    if (!path.startsWith("$")) {
      throw new IllegalArgumentException("not a path: " + path);
    }
    List<Object> segments = new ArrayList<>();
    int at = 1;
    while (at < path.length()) {
      boolean key = path.startsWith("['", at);
      int end = key ? path.indexOf("']", at + 2) : path.indexOf("]", at);
      if (path.charAt(at) != '[' || end < 0) {
        throw new IllegalArgumentException("not a path: " + path);
      }
      segments.add(key ? path.substring(at + 2, end) : Integer.valueOf(digits(path, at + 1, end)));
      at = end + (key ? 2 : 1);
    }
    return new JsonPath(List.copyOf(segments));
  }

  private static String digits(String path, int start, int end) {
    String digits = path.substring(start, end);
    if (!digits.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("not a path: " + path);
    }
    return digits;
  }

  /** Keys as texts, indices as numbers. */
  List<Object> segments() {
    return segments;
  }

  /**
   * A copy of {@code root} with {@code value} in this place.
   *
   * @throws IllegalArgumentException if there is no such place
   */
  @Nullable Object set(@Nullable Object root, Object value) {
    return set(root, 0, value);
  }

  private @Nullable Object set(@Nullable Object node, int depth, Object value) {
    if (depth == segments.size()) {
      return value;
    }
    Object segment = segments.get(depth);
    if (segment instanceof String key && node instanceof Map<?, ?> map && map.containsKey(key)) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>(map);
      copy.put(key, set(map.get(key), depth + 1, value));
      return Collections.unmodifiableMap(copy);
    }
    if (segment instanceof Integer index && node instanceof List<?> list && index < list.size()) {
      List<@Nullable Object> copy = new ArrayList<>(list);
      copy.set(index, set(list.get(index), depth + 1, value));
      return Collections.unmodifiableList(copy);
    }
    throw new IllegalArgumentException("there is no " + segment);
  }
}
