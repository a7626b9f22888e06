package io.langfuse4j.server.viewer;

import static io.langfuse4j.server.OtlpRequest.spanId;
import static io.langfuse4j.server.OtlpRequest.traceId;
import static io.langfuse4j.server.TestServer.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViewerApiTest {
  @TempDir private static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    server.ingest(
        OtlpRequest.root(1, 11, "run")
            .attribute("langfuse.observation.input", "{\"question\":\"why?\"}")
            .attribute("user.id", "u1")
            .attribute("session.id", "s1")
            .attribute("langfuse.trace.tags", "[\"red\"]")
            .child(1, 12, 11, "ask")
            .generation("gpt-4o", 10, 5)
            .attribute("langfuse.observation.output", "the needle in the haystack")
            .attribute("langfuse.observation.completion_start_time", "2026-11-21T10:00:00.300Z"));
    server.ingest(
        new OtlpRequest()
            .span(2, 21, null, "broken", 5_000, 5_500)
            .attribute("langfuse.observation.level", "ERROR")
            .attribute("session.id", "s1"));
    server.ingest(new OtlpRequest().child(3, 32, 31, "orphan"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> traces(String query) {
    return server.json("/api/viewer/traces" + query).path("data").findValuesAsText("id");
  }

  private static List<String> rejections() {
    return server
        .json("/api/viewer/info")
        .path("health")
        .path("lastRejections")
        .findValuesAsText("reason");
  }

  @Test
  void info_saysWhereAndHowMuch() {
    server.post("/v1/traces", "text/plain", new byte[] {1});
    server.post("/api/public/otel", "application/x-protobuf", new byte[] {1});

    await().until(() -> rejections().size() > 1);
    JsonNode info = server.json("/api/viewer/info");

    assertThat(info.path("port").asInt()).isEqualTo(server.port());
    assertThat(info.path("baseUrl").asText()).isEqualTo(server.url());
    assertThat(info.path("dataDir").asText()).isEqualTo(folder.toString());
    assertThat(info.path("traces").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(info.path("databaseBytes").asLong()).isPositive();
    assertThat(info.path("health").path("storedSpans").asInt()).isGreaterThanOrEqualTo(4);
    assertThat(info.path("health").path("rejectedRequests").asInt()).isPositive();
    assertThat(rejections())
        .containsExactlyInAnyOrder(
            "Invalid content type text/plain: application/x-protobuf or application/json is"
                + " expected",
            "Wrong address (404): traces are taken in at /api/public/otel/v1/traces");
    assertThat(info.path("retention"))
        .isEqualTo(parse("{\"keepDays\":null,\"keepBytes\":null,\"deletedTraces\":0}"));
    assertThat(info.toString()).doesNotContain("sk-lf");
  }

  @Test
  void traceRows_haveWhatTheTableShows() {
    JsonNode row = server.json("/api/viewer/traces?userId=u1").path("data").get(0);

    assertThat(row)
        .isEqualTo(
            parse(
                """
                {"id":"00000000000000000000000000000001","name":"run",
                 "timestamp":"2026-11-21T10:00:00.000Z","latencyMs":1000,"observationCount":2,
                 "errorCount":0,"warningCount":0,"totalTokens":15,"inputTokens":10,
                 "outputTokens":5,"totalCost":0.000075,"userId":"u1","sessionId":"s1",
                 "tags":["red"],"environment":"default","release":null,"version":null,
                 "models":["gpt-4o"],"types":["SPAN","GENERATION"],"level":"DEFAULT",
                 "public":false,"inputPreview":"{\\"question\\":\\"why?\\"}",
                 "outputPreview":null,"running":false,"scores":[]}
                """));
  }

  @Test
  void filters_narrowTheTable() {
    assertThat(traces("?search=NEEDLE")).containsExactly(traceId(1));
    assertThat(traces("?name=broken")).containsExactly(traceId(2));
    assertThat(traces("?sessionId=s1")).containsExactly(traceId(2), traceId(1));
    assertThat(traces("?level=ERROR&hasError=true")).containsExactly(traceId(2));
    assertThat(traces("?hasError=false&sessionId=s1")).containsExactly(traceId(1));
    assertThat(traces("?type=GENERATION&model=gpt-4o&tag=red")).containsExactly(traceId(1));
    assertThat(traces("?name=run&name=broken")).hasSize(2);
    assertThat(traces("?id=" + traceId(1) + "&id=" + traceId(7))).containsExactly(traceId(1));
    assertThat(traces("?from=2026-11-21T10:00:05Z&to=2026-11-21T10:00:05Z&environment=default"))
        .containsExactly(traceId(2));
  }

  @Test
  void bounds_narrowTheTable() {
    assertThat(traces("?sessionId=s1&latency=%3E=1s")).containsExactly(traceId(1));
    assertThat(traces("?sessionId=s1&latency=%3C600ms")).containsExactly(traceId(2));
    assertThat(traces("?sessionId=s1&latency=0.4..0.9")).containsExactly(traceId(2));
    assertThat(traces("?tokens=10..20&cost=%3E0.00001")).containsExactly(traceId(1));
    assertThat(server.get("/api/viewer/traces?latency=slow").statusCode()).isEqualTo(400);
  }

  @Test
  void scores_narrowTheTable_andAreAFacet() {
    for (String score :
        List.of(
            "'name':'depth','value':0.25",
            "'name':'depth','value':0.5",
            "'name':'topic','value':'moon and stars'",
            "'name':'kind','value':1,'dataType':'BOOLEAN'")) {
      server.send(
          200, "POST", "/api/public/scores", "{'traceId':'" + traceId(3) + "'," + score + "}");
    }

    for (String matching :
        List.of("depth", "depth%3C0.38", "depth=0.375", "topic=moon%20and%20stars", "kind=yes")) {
      assertThat(traces("?score=" + matching)).as(matching).containsExactly(traceId(3));
    }
    for (String other :
        List.of("height", "depth%3E0.38", "topic=moon", "kind=no", "height%3E=-1")) {
      assertThat(traces("?score=" + other)).as(other).isEmpty();
    }
    assertThat(server.get("/api/viewer/traces?score=depth%3Cdeep").statusCode()).isEqualTo(400);
    assertThat(server.json("/api/viewer/facets?score=depth").path("score"))
        .isEqualTo(
            TestServer.lenient(
                "[{'value':'depth','count':1},{'value':'kind','count':1},"
                    + "{'value':'topic','count':1}]"));
  }

  @Test
  void cursor_leadsThroughAllPages() {
    JsonNode first = server.json("/api/viewer/traces?limit=1&sessionId=s1");
    assertThat(first.path("total").asInt()).isEqualTo(2);
    JsonNode second =
        server.json(
            "/api/viewer/traces?limit=1&sessionId=s1&cursor=" + first.path("nextCursor").asText());

    assertThat(first.path("data").findValuesAsText("id")).containsExactly(traceId(2));
    assertThat(second.path("data").findValuesAsText("id")).containsExactly(traceId(1));
    assertThat(second.path("nextCursor").isNull()).isTrue();
    assertThat(server.get("/api/viewer/traces?cursor=nonsense").statusCode()).isEqualTo(400);
  }

  @Test
  void sort_putsTheMostFirst_andLeadsThroughAllPages() {
    assertThat(traces("?sessionId=s1&sort=latency")).containsExactly(traceId(1), traceId(2));
    assertThat(traces("?sessionId=s1&sort=tokens")).containsExactly(traceId(1), traceId(2));
    JsonNode first = server.json("/api/viewer/traces?sessionId=s1&sort=cost&limit=1");
    assertThat(
            traces("?sessionId=s1&sort=cost&limit=1&cursor=" + first.path("nextCursor").asText()))
        .containsExactly(traceId(2));
    assertThat(server.get("/api/viewer/traces?sort=nonsense").statusCode()).isEqualTo(400);
  }

  @Test
  void traceWithoutRoot_isRunning() {
    JsonNode trace = server.json("/api/viewer/traces/" + traceId(3)).path("trace");

    assertThat(trace.path("running").asBoolean()).isTrue();
    assertThat(trace.path("name").isNull()).isTrue();
  }

  @Test
  void facets_countValues() {
    JsonNode facets = server.json("/api/viewer/facets?sessionId=s1");

    assertThat(facets.path("name").findValuesAsText("value")).containsExactly("broken", "run");
    assertThat(facets.path("model")).isEqualTo(parse("[{\"value\":\"gpt-4o\",\"count\":1}]"));
    assertThat(facets.path("type").get(0)).isEqualTo(parse("{\"value\":\"SPAN\",\"count\":2}"));
  }

  @Test
  void trace_comesWithoutContentOfItsObservations() {
    JsonNode answer = server.json("/api/viewer/traces/" + traceId(1));

    assertThat(answer.path("trace").path("input")).isEqualTo(parse("{\"question\":\"why?\"}"));
    JsonNode generation = answer.path("observations").get(1);
    assertThat(generation.has("output")).isFalse();
    assertThat(generation.path("outputBytes").asInt()).isEqualTo(26);
    assertThat(generation.path("timeToFirstTokenMs").asInt()).isEqualTo(200);
    assertThat(generation.path("usage"))
        .isEqualTo(parse("{\"input\":10,\"output\":5,\"total\":15}"));
    assertThat(server.get("/api/viewer/traces/nope").statusCode()).isEqualTo(404);
  }

  @Test
  void trace_bringsLargeBodiesOnlyWhenAsked() {
    server.ingest(
        OtlpRequest.root(9, 91, "large")
            .attribute("langfuse.observation.output", "o".repeat(2_000_001)));
    String path = "/api/viewer/traces/" + traceId(9);

    JsonNode unasked = server.json(path).path("trace");
    JsonNode asked = server.json(path + "?bodies=all").path("trace");

    assertThat(unasked.path("output").isNull()).isTrue();
    assertThat(unasked.path("omittedBytes").asLong()).isEqualTo(2_000_001);
    assertThat(asked.path("output").asText()).hasSize(2_000_001);
    assertThat(asked.path("omittedBytes").isNull()).isTrue();
  }

  @Test
  void observation_bringsItsContent() {
    JsonNode observation =
        server.json("/api/viewer/traces/" + traceId(1) + "/observations/" + spanId(12));

    assertThat(observation.path("output").asText()).isEqualTo("the needle in the haystack");
    assertThat(observation.path("metadata").isObject()).isTrue();
    assertThat(
            server
                .get("/api/viewer/traces/" + traceId(2) + "/observations/" + spanId(12))
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void session_holdsItsTracesInOrder() {
    JsonNode session = server.json("/api/viewer/sessions/s1");

    assertThat(session.path("traces").findValuesAsText("name")).containsExactly("run", "broken");
    assertThat(server.get("/api/viewer/sessions/nope").statusCode()).isEqualTo(404);
  }

  @Test
  void volume_countsTracesAndErrorsAlongTheTime() {
    JsonNode volume =
        server.json("/api/viewer/volume?sessionId=s1&to=2026-11-21T10:00:59.000Z&buckets=60");

    assertThat(volume)
        .isEqualTo(
            parse(
                """
                {"from":"2026-11-21T10:00:00.000Z","to":"2026-11-21T10:00:59.000Z","stepMs":1000,
                 "buckets":[{"at":"2026-11-21T10:00:00.000Z","traces":1,"errors":0},
                            {"at":"2026-11-21T10:00:05.000Z","traces":1,"errors":1}]}
                """));
    assertThat(server.json("/api/viewer/volume?name=nope").path("buckets")).isEmpty();
  }

  @Test
  void performance_isToldByTimeNameAndModel() {
    JsonNode performance =
        server.json("/api/viewer/performance?sessionId=s1&to=2026-11-21T10:00:59.000Z");

    assertThat(performance.path("buckets").findValuesAsText("at"))
        .containsExactly("2026-11-21T10:00:00.000Z", "2026-11-21T10:00:05.000Z");
    assertThat(performance.path("total"))
        .isEqualTo(
            parse(
                """
                {"count":2,"errors":1,"inputTokens":10,"outputTokens":5,"totalTokens":15,
                 "totalCost":0.000075,"p50Ms":500,"p95Ms":1000}
                """));
    assertThat(server.json("/api/viewer/performance?name=nope").path("total").path("count").asInt())
        .isZero();
    assertThat(performance.path("names").findValuesAsText("name")).containsExactly("broken", "run");
    assertThat(performance.path("models"))
        .isEqualTo(
            parse(
                """
                [{"name":"gpt-4o","count":1,"errors":0,"inputTokens":10,"outputTokens":5,
                  "totalTokens":15,"totalCost":0.000075,"p50Ms":500,"p95Ms":500}]
                """));
  }

  @ParameterizedTest
  @CsvSource({"PT0S,PT1S", "PT1M,PT1S", "PT61S,PT5S", "PT24H,PT1H", "P60D,P1D", "P36500D,P630D"})
  void volume_takesTheShortestStepThatFits(Duration span, Duration step) {
    assertThat(Overviews.step(span, 60)).isEqualTo(step);
  }

  @Test
  void users_andSessions_areListedWithTheirSums() {
    assertThat(server.json("/api/viewer/users"))
        .isEqualTo(
            parse(
                """
                {"data":[{"id":"u1","traces":1,"errors":0,"first":"2026-11-21T10:00:00.000Z",
                  "last":"2026-11-21T10:00:00.000Z","totalTokens":15,"totalCost":0.000075,
                  "name":"run","userId":"u1","inputPreview":"{\\"question\\":\\"why?\\"}",
                  "outputPreview":null}],"total":1}
                """));
    JsonNode session = server.json("/api/viewer/sessions?limit=1").path("data").get(0);
    assertThat(session.path("id").asText()).isEqualTo("s1");
    assertThat(session.path("traces").asInt()).isEqualTo(2);
    assertThat(session.path("errors").asInt()).isEqualTo(1);
    assertThat(session.path("name").asText()).isEqualTo("broken");
    assertThat(server.json("/api/viewer/sessions?page=2&limit=1"))
        .isEqualTo(parse("{\"data\":[],\"total\":1}"));
  }

  private static HttpResponse<String> annotate(String contentType, String body) {
    return server.post("/api/viewer/scores", contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void annotate_isAScore_thatASecondVerdictChanges() {
    server.ingest(OtlpRequest.root(9, 91, "judged"));
    String trace = "/api/viewer/traces/" + traceId(9);
    String judged = "{\"traceId\":\"" + traceId(9) + "\",\"name\":\"thumb\",\"value\":";

    assertThat(annotate("application/json", judged + "false,\"comment\":\"wrong\"}").statusCode())
        .isEqualTo(200);
    assertThat(annotate("application/json", judged + "true}").statusCode()).isEqualTo(200);

    JsonNode scores = server.json(trace).path("scores");
    assertThat(scores).hasSize(1);
    JsonNode score = scores.get(0);
    assertThat(score.path("dataType").asText()).isEqualTo("BOOLEAN");
    assertThat(score.path("value").asDouble()).isEqualTo(1);
    assertThat(score.path("comment").asText()).isEmpty();
    assertThat(score.path("source").asText()).isEqualTo("ANNOTATION");
    String id = score.path("id").asText();
    assertThat(server.json("/api/public/scores/" + id).path("stringValue").asText())
        .isEqualTo("True");
    assertThat(server.json("/api/viewer/traces?name=judged").path("data").get(0).path("scores"))
        .isEqualTo(
            parse(
                """
                [{"name":"thumb","dataType":"BOOLEAN","value":1,"stringValue":"True","count":1}]
                """));

    server.send(server.request("/api/viewer/scores/" + id).DELETE());
    assertThat(server.json(trace).path("scores")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain       | {}                                            | 415",
        "application/json | {                                             | 400",
        "application/json | {\"name\":\"x\",\"value\":true}               | 400",
        "application/json | {\"traceId\":\"no\",\"name\":\"x\",\"value\":1} | 404"
      })
  void annotate_withoutSense_isRefused(String contentType, String body, int status) {
    assertThat(annotate(contentType, body).statusCode()).isEqualTo(status);
  }

  @Test
  void live_tellsOfNewTraces() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /api/viewer/live HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      Thread reading = new Thread(() -> read(socket, lines));
      reading.start();
      await().until(() -> lines.contains("event:hello"));

      server.ingest(OtlpRequest.root(4, 41, "live"));

      await().until(() -> lines.stream().anyMatch(line -> line.contains(traceId(4))));
      assertThat(lines).contains("event:trace");
      socket.close();
      reading.join();
    }
  }

  @Test
  void openStream_doesNotHoldUpStopping(@TempDir Path other) throws Exception {
    TestServer stopping = TestServer.start(other);
    List<String> lines = new CopyOnWriteArrayList<>();
    try (Socket socket = new Socket("127.0.0.1", stopping.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /api/viewer/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      Thread reading = new Thread(() -> read(socket, lines));
      reading.start();
      await().until(() -> lines.contains("event:hello"));

      Thread stop = new Thread(stopping::close);
      stop.start();
      // The patience for requests under way is 10 s; the stream must not use it up.
      stop.join(8_000);
      assertThat(stop.isAlive()).isFalse();
      reading.join();
    }
  }

  private static void read(Socket socket, List<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        lines.add(line);
        line = reader.readLine();
      }
    } catch (IOException e) {
      lines.add("closed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/traces", "/trace/abc", "/project/local/traces/abc", "/health"})
  void clientRoutes_getThePage(String path) {
    HttpResponse<String> response = server.get(path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-cache");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'self'");
    String tag = response.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = server.send(server.request(path).header("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../version.properties",
        "/%2e%2e/io/langfuse4j/server/version.properties",
        "/..%2fio/langfuse4j/server/version.properties",
        "//etc/passwd",
        "/io/langfuse4j/server/version.properties"
      })
  void pathsOutsideTheViewer_getThePage(String path) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).doesNotContain("version=").doesNotContain("root:");
    }
  }
}
