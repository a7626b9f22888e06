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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
      ViewerApi viewer = new ViewerApi(store, info, live, new SignIns(clock), clock);

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
