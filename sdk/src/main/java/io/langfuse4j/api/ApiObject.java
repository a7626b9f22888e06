package io.langfuse4j.api;

import io.langfuse4j.internal.json.PlainJson;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object from the server. Subclasses name the fields that are documented; {@link #get} reads
 * any, also those that a newer server adds. Immutable.
 */
public class ApiObject {

  private final Map<String, @Nullable Object> fields;

  ApiObject(Map<String, @Nullable Object> fields) {
    this.fields = Collections.unmodifiableMap(fields);
  }

  static ApiObject of(@Nullable Object json) {
    return new ApiObject(json instanceof Map ? fieldsOf(json) : Map.of());
  }

  private static Map<String, @Nullable Object> fieldsOf(@Nullable Object json) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    if (json instanceof Map<?, ?> map) {
      map.forEach((key, value) -> fields.put(String.valueOf(key), value));
    }
    return fields;
  }

  /** Every field: maps, lists, strings, numbers, booleans and nulls. */
  public final Map<String, @Nullable Object> fields() {
    return fields;
  }

  /** The value of a field; null if it is null or absent. */
  public final @Nullable Object get(String field) {
    return fields.get(field);
  }

  /** The field as text, whatever it is; null if it is null or absent. */
  public final @Nullable String text(String field) {
    Object value = fields.get(field);
    return value == null ? null : value.toString();
  }

  /** The field as a number; null if it is none. */
  public final @Nullable Double number(String field) {
    return fields.get(field) instanceof Number number ? number.doubleValue() : null;
  }

  /** The field as a whole number; 0 if it is none. */
  public final int integer(String field) {
    return fields.get(field) instanceof Number number ? number.intValue() : 0;
  }

  /** Whether the field is true. */
  public final boolean flag(String field) {
    return Boolean.TRUE.equals(fields.get(field));
  }

  /** The field as a time; null if it is none. */
  public final @Nullable Instant instant(String field) {
    return fields.get(field) instanceof String text ? OffsetDateTime.parse(text).toInstant() : null;
  }

  /** The field as an object; an empty one if it is none. */
  public final ApiObject object(String field) {
    return of(fields.get(field));
  }

  /** The objects in the field; empty if it is no list. */
  public final List<ApiObject> objects(String field) {
    return fields.get(field) instanceof List<?> list
        ? list.stream().map(ApiObject::of).toList()
        : List.of();
  }

  /** The texts in the field; empty if it is no list. */
  public final List<String> texts(String field) {
    return fields.get(field) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** As an object of one's own, for example a record whose components have the fields' names. */
  public final <T> T as(Class<T> type) {
    T converted = PlainJson.convert(fields, type);
    if (converted == null) {
      throw new IllegalArgumentException(type.getName() + " cannot be made of " + fields.keySet());
    }
    return converted;
  }

  final String needed(String field) {
    String text = text(field);
    return text == null ? "" : text;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof ApiObject object && object.fields.equals(fields);
  }

  @Override
  public final int hashCode() {
    return fields.hashCode();
  }

  /** The object as JSON. */
  @Override
  public final String toString() {
    return PlainJson.write(fields);
  }
}
