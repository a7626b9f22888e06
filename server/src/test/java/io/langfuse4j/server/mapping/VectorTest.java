package io.langfuse4j.server.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.model.MappedSpan;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden vectors: every file is a request and the whole of what must become of it. */
class VectorTest {
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @MethodSource("vectors")
  void request_mapped_isAsExpected(JsonNode vector) {
    JsonNode request = vector.get("request");
    List<MappedSpan> spans =
        vector.path("jsonOnly").asBoolean() ? Mapped.json(request) : Mapped.all(request);

    assertThat(comparable(spans, vector.get("expected")).toPrettyString())
        .isEqualTo(comparable(vector.get("expected")).toPrettyString());
  }

  @Test
  void vectors_arePresentInNumbers() {
    assertThat(vectors()).hasSizeGreaterThanOrEqualTo(400);
  }

  /** Metadata repeats most of the request, so only vectors that name it compare it. */
  private static JsonNode comparable(List<MappedSpan> spans, JsonNode expected) {
    ArrayNode result = JSON.createArrayNode();
    for (int i = 0; i < spans.size(); i++) {
      JsonNode rendered = Rendered.of(spans.get(i));
      for (String part : List.of("observation", "trace")) {
        ObjectNode group = (ObjectNode) rendered.get(part);
        for (String key : List.of("metadata", "flatMetadata")) {
          if (!expected.path(i).path(part).has(key)) {
            group.remove(key);
          }
        }
      }
      result.add(rendered);
    }
    return comparable(result);
  }

  /** Keys in one order. */
  private static JsonNode comparable(JsonNode node) {
    if (node.isArray()) {
      ArrayNode sorted = JSON.createArrayNode();
      node.forEach(item -> sorted.add(comparable(item)));
      return sorted;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode sorted = JSON.createObjectNode();
    node.properties().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(entry -> sorted.set(entry.getKey(), comparable(entry.getValue())));
    return sorted;
  }

  static List<Arguments> vectors() {
    try (Stream<Path> files = Files.list(directory())) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(VectorTest::read)
          .map(vector -> argumentSet(vector.get("name").asText(), vector))
          .map(Arguments.class::cast)
          .toList();
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }

  private static Path directory() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(VectorTest.class.getResource("/vectors"), "/vectors").toURI());
  }
}
