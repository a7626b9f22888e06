package io.langfuse4j.server.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.TestServer;
import io.langfuse4j.server.otlp.OtlpProtobuf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is stored of the golden vectors, each with a trace of its own, does not depend on how they
 * are sent: at once or one by one, in any order, as JSON or protobuf, once or twice.
 */
class StoredInvariantsTest {
  private static final String PATH = "/api/public/otel/v1/traces";
  private static final long SEED = 20261123;

  private static final List<JsonNode> GROUPS = groups();

  @TempDir private static Path atOnce;
  private static Map<String, JsonNode> expected;

  @TempDir private Path folder;

  @BeforeAll
  static void sendAtOnce() {
    try (TestServer server = TestServer.start(atOnce)) {
      json(server, GROUPS);
      expected = stored(server);
    }
    assertThat(expected).hasSizeGreaterThan(800);
  }

  @Test
  void oneByOneInAnyOrder_isStoredTheSame() {
    List<JsonNode> shuffled = new ArrayList<>(GROUPS);
    Collections.shuffle(shuffled, new Random(SEED));

    try (TestServer server = TestServer.start(folder)) {
      shuffled.forEach(group -> json(server, List.of(group)));

      assertThat(stored(server)).isEqualTo(expected);
    }
  }

  @Test
  void asProtobuf_isStoredTheSame() {
    try (TestServer server = TestServer.start(folder)) {
      server.post(PATH, "application/x-protobuf", OtlpProtobuf.from(request(GROUPS)).toByteArray());

      assertThat(stored(server)).isEqualTo(expected);
    }
  }

  @Test
  void twice_isStoredOnce() {
    try (TestServer server = TestServer.start(folder)) {
      json(server, GROUPS);
      json(server, GROUPS);

      assertThat(stored(server)).isEqualTo(expected);
    }
  }

  private static void json(TestServer server, List<JsonNode> groups) {
    byte[] body = request(groups).toString().getBytes(UTF_8);
    assertThat(server.post(PATH, "application/json", body).statusCode()).isEqualTo(200);
  }

  private static JsonNode request(List<JsonNode> groups) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.putArray("resourceSpans").addAll(groups);
    return request;
  }

  /** Every observation and every trace by its id, as the public API has them. */
  private static Map<String, JsonNode> stored(TestServer server) {
    Map<String, JsonNode> all = new TreeMap<>();
    for (String list : List.of("observations", "traces")) {
      int pages = 1;
      for (int page = 1; page <= pages; page++) {
        JsonNode answer = server.json("/api/public/" + list + "?limit=100&page=" + page);
        pages = answer.path("meta").path("totalPages").asInt();
        for (JsonNode item : answer.path("data")) {
          ((ObjectNode) item).remove(List.of("createdAt", "updatedAt", "externalId"));
          all.put(list + " " + item.path("id").asText(), item);
        }
      }
    }
    return all;
  }

  /**
   * The vectors that both encodings can spell and whose times do not come from the clock, with ids
   * of their own.
   */
  private static List<JsonNode> groups() {
    List<JsonNode> groups = new ArrayList<>();
    VectorTest.vectors().stream()
        .map(arguments -> (JsonNode) arguments.get()[0])
        .filter(vector -> !vector.path("jsonOnly").asBoolean())
        .filter(vector -> vector.findValues("startTimeUnixNano").size() > 0)
        .forEach(
            vector -> {
              JsonNode resourceSpans = vector.at("/request/resourceSpans").deepCopy();
              rename(resourceSpans, groups.size() + 1);
              resourceSpans.forEach(groups::add);
            });
    return List.copyOf(groups);
  }

  private static void rename(JsonNode resourceSpans, int number) {
    int count = 0;
    for (JsonNode spans : resourceSpans.findValues("spans")) {
      for (JsonNode span : spans) {
        ((ObjectNode) span).put("traceId", "%032x".formatted(number));
        ((ObjectNode) span).put("spanId", "%08x%08x".formatted(number, ++count));
      }
    }
  }
}
