package io.langfuse4j.server.viewer;

import static io.langfuse4j.server.OtlpRequest.spanId;
import static io.langfuse4j.server.OtlpRequest.traceId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import io.langfuse4j.server.api.Described;
import io.langfuse4j.server.api.IngestStatistics;
import io.langfuse4j.server.api.Project;
import io.langfuse4j.server.http.SignIns;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.sqlite.SqliteTraceStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The viewer's types are made from {@code viewer-api.json}; these hold the server against it. */
class ViewerDescriptionTest {
  private static final String API = "/api/viewer";
  private static final Described DESCRIBED = read();

  @TempDir private Path folder;

  private static Described read() {
    try (InputStream file = ViewerDescriptionTest.class.getResourceAsStream("viewer-api.json")) {
      assertThat(file).isNotNull();
      return new Described(
          TestServer.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void file_hasExactlyTheRoutes() {
    Clock clock = Clock.systemUTC();
    try (TraceStore store = SqliteTraceStore.open(folder.resolve("db"), clock, 1L << 20);
        LiveFeed live = new LiveFeed(store)) {
      ServerInfo info =
          new ServerInfo(
              store,
              new IngestStatistics(clock),
              Project.LOCAL,
              new ServerInfo.Address("1", "localhost", () -> 1, "data", false, Instant.EPOCH),
              new ServerInfo.Keeping(null, Long.MAX_VALUE, () -> 0, () -> 0));
      ViewerApi viewer = new ViewerApi(store, info, live, SignIns.inMemory(clock), clock);

      assertThat(DESCRIBED.operations())
          .isEqualTo(
              viewer.routes().stream()
                  .map(route -> route.method() + " " + route.path())
                  .collect(Collectors.toSet()));
    }
    DESCRIBED.checkPathParameters();
  }

  @Test
  void answers_areAsTheFileDescribesThem() {
    try (TestServer server = TestServer.start(folder)) {
      String annotation = ingestAndAnnotate(server);

      answers()
          .forEach(
              (path, request) ->
                  DESCRIBED.checkAnswer(
                      "get", API + path, filled(path, server.json(API + request))));

      JsonNode deleted = server.send(200, "DELETE", API + "/scores/" + annotation, "");
      DESCRIBED.checkAnswer("delete", API + "/scores/{scoreId}", deleted);
    }
  }

  @Test
  void refusals_areAsTheFileDescribesThem() {
    try (TestServer server = TestServer.start(folder)) {
      Map.of(
              "/traces/{traceId}", "/traces/none",
              "/sessions/{sessionId}", "/sessions/none",
              "/traces", "/traces?limit=many",
              "/volume", "/volume?from=yesterday")
          .forEach(
              (path, request) -> {
                HttpResponse<String> response = server.get(API + request);
                assertThat(response.statusCode()).as(request).isBetween(400, 404);
                DESCRIBED.checkRefusal("get", API + path, TestServer.parse(response.body()));
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/traces", "/facets", "/volume", "/performance", "/users", "/sessions"})
  void parameters_narrowDownOrAreRefused(String path) {
    try (TestServer server = TestServer.start(folder)) {
      ingestAndAnnotate(server);
      // Otherwise answers about the time until now would differ anyway.
      String time = "from=2000-01-01T00:00:00Z&to=2100-01-01T00:00:00Z";
      String everything = server.get(API + path + "?" + time).body();
      assertThat(server.get(API + path + "?" + time).body()).isEqualTo(everything);
      Map<String, JsonNode> parameters = DESCRIBED.queryParameters(API + path);
      assertThat(parameters).containsKeys("search", "score", "from");

      parameters.forEach(
          (name, schema) -> {
            String value = "boolean".equals(schema.path("type").asText()) ? "true" : "nobody";
            String request = API + path + "?" + name + "=" + value + "&" + time;
            HttpResponse<String> response = server.get(request);

            assertThat(response.statusCode()).as(request).isIn(200, 400);
            assertThat(response.body()).as(request).isNotEqualTo(everything);
          });
    }
  }

  @Test
  @Timeout(60)
  void events_areAsTheFileDescribesThem() throws Exception {
    try (TestServer server = TestServer.start(folder);
        Stream<String> lines =
            HttpClient.newHttpClient()
                .send(server.request(API + "/live").build(), BodyHandlers.ofLines())
                .body()) {
      Iterator<String> stream = lines.iterator();
      checkNextEvent(stream, "hello");

      server.ingest(OtlpRequest.root(1, 11, "run"));

      checkNextEvent(stream, "trace");
    }
  }

  private static void checkNextEvent(Iterator<String> lines, String name) {
    String line = lines.next();
    while (line.isEmpty() || line.startsWith(":")) {
      line = lines.next();
    }
    assertThat(line).isEqualTo("event:" + name);
    String data = lines.next();
    assertThat(data).startsWith("data:");
    DESCRIBED.checkEvent(API + "/live", name, TestServer.parse(data.substring("data:".length())));
  }

  /** So that no list is empty, or nothing would be compared. */
  private static String ingestAndAnnotate(TestServer server) {
    server.ingest(
        OtlpRequest.root(1, 11, "run")
            .attribute("langfuse.observation.input", "{\"question\":\"why?\"}")
            .attribute("user.id", "u1")
            .attribute("session.id", "s1")
            .attribute("langfuse.trace.tags", "[\"red\"]")
            .child(1, 12, 11, "ask")
            .generation("gpt-4o", 10, 5)
            .attribute("langfuse.observation.prompt.name", "p")
            .attribute("langfuse.observation.prompt.version", "3"));
    server.ingest(new OtlpRequest().child(2, 22, 21, "orphan"));
    server.post("/v1/traces", "text/plain", new byte[] {1});
    String judged = "{'traceId':'" + traceId(1) + "','name':'n','value':0.5,'id':'s'}";
    server.send(200, "POST", "/api/public/scores", judged);

    String body = "{'traceId':'" + traceId(1) + "','name':'good','value':true,'comment':'yes'}";
    DESCRIBED.checkRequest("post", API + "/scores", TestServer.lenient(body));
    JsonNode annotated = server.send(200, "POST", API + "/scores", body);
    DESCRIBED.checkAnswer("post", API + "/scores", annotated);
    return annotated.path("id").asText();
  }

  private static Map<String, String> answers() {
    String trace = "/traces/" + traceId(1);
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("/info", "/info");
    asked.put("/traces", "/traces");
    asked.put("/facets", "/facets");
    asked.put("/traces/{traceId}", trace);
    asked.put(
        "/traces/{traceId}/observations/{observationId}", trace + "/observations/" + spanId(12));
    asked.put("/sessions", "/sessions");
    asked.put("/sessions/{sessionId}", "/sessions/s1");
    asked.put("/users", "/users");
    asked.put("/performance", "/performance");
    asked.put("/volume", "/volume");
    return asked;
  }

  private static JsonNode filled(String path, JsonNode answer) {
    answer
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isArray()) {
                assertThat(field.getValue()).as(path + " " + field.getKey()).isNotEmpty();
              }
            });
    return answer;
  }
}
