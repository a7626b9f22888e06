package io.langfuse4j.server.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converted attributes in the order they were sent; of duplicate keys the last value counts. An
 * attribute that came without a value is listed but counts as absent. Immutable by agreement: the
 * values are Jackson nodes, and nobody changes them.
 */
public final class Attributes {
  static final Attributes NONE = new Attributes(Map.of());

  private final Map<String, JsonNode> values;

  private Attributes(Map<String, JsonNode> values) {
    this.values = values;
  }

  static Attributes of(Map<String, JsonNode> values) {
    return values.isEmpty()
        ? NONE
        : new Attributes(Collections.unmodifiableMap(new LinkedHashMap<>(values)));
  }

  /** The value, or null if absent. */
  public @Nullable JsonNode get(String key) {
    JsonNode value = values.get(key);
    return value == null || value.isNull() ? null : value;
  }

  /** The value as text, anything but a string as JSON text, or null if absent. */
  public @Nullable String text(String key) {
    JsonNode value = get(key);
    return value == null ? null : Json.text(value);
  }

  /** Whether the attribute is present and neither empty, zero nor false. */
  public boolean isTruthy(String key) {
    return Json.isTruthy(get(key));
  }

  public boolean has(String key) {
    return get(key) != null;
  }

  public Set<Map.Entry<String, JsonNode>> entries() {
    return values.entrySet();
  }

  public Set<String> keys() {
    return values.keySet();
  }

  public int size() {
    return values.size();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Attributes attributes && values.equals(attributes.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.keySet().toString();
  }
}
