package io.langfuse4j.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The files of {@code conformance/vectors}: OTLP/JSON requests, written by hand from what the
 * official SDKs send for each field. One span is one vector, and its name says which.
 */
final class WireVectors {

  /** What counts of a span: everything but its own ids and times. */
  record Vector(
      String file,
      String name,
      String spanId,
      String traceId,
      String parentSpanId,
      int kind,
      Map<String, Object> attributes,
      List<Map<String, Object>> events,
      int statusCode,
      String statusMessage) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private WireVectors() {}

  static List<Path> files() {
    try (Stream<Path> files = Files.list(Repository.path("conformance/vectors"))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Vector> all() {
    return files().stream().flatMap(file -> read(file).stream()).toList();
  }

  private static List<Vector> read(Path file) {
    try {
      JsonNode scope = MAPPER.readTree(file.toFile()).at("/resourceSpans/0/scopeSpans/0");
      return list(scope.path("spans"), span -> vector(file.getFileName().toString(), span));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static Vector vector(String file, JsonNode span) {
    return new Vector(
        file,
        span.path("name").textValue(),
        span.path("spanId").textValue(),
        span.path("traceId").textValue(),
        span.path("parentSpanId").asText(""),
        span.path("kind").intValue(),
        attributes(span.path("attributes")),
        list(span.path("events"), event -> event(event)),
        span.path("status").path("code").asInt(0),
        span.path("status").path("message").asText(""));
  }

  private static Map<String, Object> event(JsonNode event) {
    Map<String, Object> fields = attributes(event.path("attributes"));
    fields.put("event", event.path("name").textValue());
    return fields;
  }

  private static Map<String, Object> attributes(JsonNode attributes) {
    return StreamSupport.stream(attributes.spliterator(), false)
        .collect(
            Collectors.toMap(
                attribute -> attribute.path("key").textValue(),
                attribute -> value(attribute.path("value")),
                (first, second) -> {
                  throw new IllegalArgumentException("a key is there twice");
                },
                TreeMap::new));
  }

  /** The Java type stands for the OTLP type: text, Boolean, Long, List. */
  private static Object value(JsonNode value) {
    String type = value.fieldNames().next();
    JsonNode content = value.path(type);
    return switch (type) {
      case "stringValue" -> content.textValue();
      case "boolValue" -> content.booleanValue();
      case "intValue" -> Long.parseLong(content.asText());
      case "arrayValue" -> list(content.path("values"), WireVectors::value);
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> reader) {
    return StreamSupport.stream(array.spliterator(), false).map(reader).toList();
  }
}
