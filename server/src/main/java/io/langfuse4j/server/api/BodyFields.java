package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object and notes what is wrong with them; {@link #check} then refuses
 * the object for all of it at once. Confined to one thread.
 */
final class BodyFields {
  private final JsonNode object;
  private final ArrayNode issues = JsonNodeFactory.instance.arrayNode();

  BodyFields(JsonNode object) {
    this.object = object;
    if (!object.isObject()) {
      invalidType(List.of(), "object", object);
    }
  }

  /** The object in a request's body, which must not exceed a size. */
  static JsonNode read(Request request, long limit) {
    long bytes = request.body().chunks().stream().mapToLong(chunk -> chunk.length).sum();
    if (bytes > limit) {
      throw ApiException.of(
          413, "Body exceeded " + limit + " bytes; send less per request.", "PayloadTooLarge");
    }
    return Json.tree(request.body().open());
  }

  boolean has(String name) {
    return object.hasNonNull(name);
  }

  JsonNode get(String name) {
    return object.path(name);
  }

  @Nullable String text(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      invalidType(List.of(name), "string", value);
      return null;
    }
    return io.langfuse4j.server.otlp.Json.text(value);
  }

  /** As {@link #text}, refused if absent or empty; the empty text is returned then. */
  String requiredText(String name) {
    String value = text(name);
    if (value == null) {
      if (!has(name)) {
        invalidType(List.of(name), "string", object.path(name));
      }
      return "";
    }
    if (value.isEmpty()) {
      issue("too_small", List.of(name), "Too small: expected string to have >=1 characters");
    }
    return value;
  }

  @Nullable String text(String name, int longest) {
    String value = text(name);
    if (value != null && value.length() > longest) {
      issue(
          "too_big",
          List.of(name),
          "Too big: expected string to have <=" + longest + " characters");
    }
    return value;
  }

  @Nullable Double number(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      invalidType(List.of(name), "number", value);
      return null;
    }
    return value.doubleValue();
  }

  @Nullable Boolean flag(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isBoolean()) {
      invalidType(List.of(name), "boolean", value);
      return null;
    }
    return value.booleanValue();
  }

  @Nullable Instant instant(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    Instant instant = Parameters.parseInstant(value);
    if (instant == null) {
      issue("invalid_format", List.of(name), "Invalid ISO datetime");
    }
    return instant;
  }

  <E extends Enum<E>> @Nullable E option(String name, Class<E> type) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    for (E option : type.getEnumConstants()) {
      if (option.name().equals(value)) {
        return option;
      }
    }
    issue("invalid_value", List.of(name), "Invalid option: expected one of " + names(type));
    return null;
  }

  /** As {@link #option}, refused if absent; null only if something is wrong. */
  <E extends Enum<E>> @Nullable E requiredOption(String name, Class<E> type) {
    if (!has(name)) {
      invalidType(List.of(name), "string", get(name));
      return null;
    }
    return option(name, type);
  }

  private static <E extends Enum<E>> String names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(option -> '"' + option.name() + '"')
        .collect(Collectors.joining("|"));
  }

  /** JSON text of whatever is there; null if absent or null. */
  @Nullable String json(String name) {
    return has(name) ? io.langfuse4j.server.otlp.Json.wellFormed(get(name).toString()) : null;
  }

  /** JSON object text; anything that is no object is put into one. */
  String metadata() {
    JsonNode value = object.path("metadata");
    if (value.isMissingNode() || value.isNull()) {
      return "{}";
    }
    if (value.isObject()) {
      return io.langfuse4j.server.otlp.Json.text(value);
    }
    ObjectNode wrapped = JsonNodeFactory.instance.objectNode();
    wrapped.set("metadata", value);
    return io.langfuse4j.server.otlp.Json.text(wrapped);
  }

  void invalidType(List<String> path, String expected, JsonNode received) {
    ObjectNode issue =
        issue(
            "invalid_type",
            path,
            "Invalid input: expected " + expected + ", received " + kind(received));
    issue.put("expected", expected);
  }

  ObjectNode issue(String code, List<String> path, String message) {
    ObjectNode issue = issues.addObject().put("code", code);
    ArrayNode names = issue.putArray("path");
    path.forEach(names::add);
    return issue.put("message", message);
  }

  /** Throws if anything was wrong so far. */
  void check() {
    if (!issues.isEmpty()) {
      throw new InvalidBodyException(issues);
    }
  }

  private static String kind(JsonNode value) {
    return value.isMissingNode()
        ? "undefined"
        : value.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
