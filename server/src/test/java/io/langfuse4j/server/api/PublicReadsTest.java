package io.langfuse4j.server.api;

import static io.langfuse4j.server.OtlpRequest.spanId;
import static io.langfuse4j.server.OtlpRequest.traceId;
import static io.langfuse4j.server.TestServer.encode;
import static io.langfuse4j.server.TestServer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicReadsTest {
  @TempDir private static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    Clock later = Clock.fixed(OtlpRequest.START.plusSeconds(3600), ZoneOffset.UTC);
    server = TestServer.start(folder, builder -> builder.clock(later));
    server.ingest(
        OtlpRequest.root(1, 11, "run")
            .attribute("langfuse.observation.input", "{\"question\":\"why?\"}")
            .attribute("langfuse.observation.output", "because")
            .attribute("user.id", "u1")
            .attribute("session.id", "s1")
            .attribute("langfuse.trace.tags", "[\"red\",\"hot\"]")
            .attribute("langfuse.environment", "prod")
            .attribute("langfuse.trace.metadata.plan", "gold")
            .attribute("langfuse.version", "1.0")
            .attribute("langfuse.release", "r1")
            .child(1, 12, 11, "ask")
            .generation("gpt-4o", 10, 5)
            .attribute("langfuse.environment", "prod")
            .attribute("langfuse.observation.cost_details", "{\"input\":0.001,\"output\":0.002}")
            .attribute("langfuse.observation.completion_start_time", "2026-11-21T10:00:00.300Z")
            .attribute("langfuse.observation.model.parameters", "{\"temperature\":0.2}"));
    server.ingest(
        new OtlpRequest()
            .span(2, 21, null, "second", 5_000, 5_500)
            .attribute("langfuse.observation.level", "ERROR")
            .attribute("session.id", "s1")
            .attribute("langfuse.trace.tags", "[\"red\"]"));
    server.ingest(new OtlpRequest().span(3, 31, null, "third", 9_000, 9_100));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("data").forEach(element -> ids.add(element.path("id").asText()));
    return ids;
  }

  private static List<String> traces(String query) {
    return ids(server.json("/api/public/traces" + query));
  }

  private static List<String> observations(String query) {
    return ids(server.json("/api/public/observations" + query));
  }

  private static String filter(String json) {
    return "?filter=" + encode("[" + json.replace('\'', '"') + "]");
  }

  private static JsonNode withoutTimes(JsonNode node) {
    ((ObjectNode) node).remove(List.of("createdAt", "updatedAt"));
    return node;
  }

  @Test
  void traceList_hasTheContractsFields() {
    JsonNode page = server.json("/api/public/traces?userId=u1");

    assertThat(withoutTimes(page.path("data").get(0)))
        .isEqualTo(
            parse(
                """
                {"id":"00000000000000000000000000000001","projectId":"local","name":"run",
                 "timestamp":"2026-11-21T10:00:00.000Z","environment":"prod",
                 "tags":["hot","red"],"bookmarked":false,"release":"r1","version":"1.0",
                 "userId":"u1","sessionId":"s1","public":false,
                 "input":{"question":"why?"},"output":"because",
                 "metadata":%s,
                 "externalId":null,"scores":[],
                 "observations":["000000000000000b","000000000000000c"],
                 "latency":1,"totalCost":0.003,
                 "htmlPath":"/project/local/traces/00000000000000000000000000000001"}
                """
                    .formatted(page.path("data").get(0).path("metadata"))));
    assertThat(page.path("data").get(0).path("metadata").path("plan").asText()).isEqualTo("gold");
    assertThat(page.path("meta"))
        .isEqualTo(parse("{\"page\":1,\"limit\":50,\"totalItems\":1,\"totalPages\":1}"));
  }

  @Test
  void traceList_isNewestFirst_andPaged() {
    assertThat(traces("")).containsExactly(traceId(3), traceId(2), traceId(1));
    assertThat(traces("?limit=2&page=2")).containsExactly(traceId(1));
    assertThat(traces("?orderBy=timestamp.asc&limit=1")).containsExactly(traceId(1));
    assertThat(server.json("/api/public/traces?limit=2").path("meta"))
        .isEqualTo(parse("{\"page\":1,\"limit\":2,\"totalItems\":3,\"totalPages\":2}"));
  }

  @Test
  void traceList_simpleFilters() {
    assertThat(traces("?name=run")).containsExactly(traceId(1));
    assertThat(traces("?sessionId=s1")).containsExactly(traceId(2), traceId(1));
    assertThat(traces("?tags=red&tags=hot")).containsExactly(traceId(1));
    assertThat(traces("?environment=prod&environment=other")).containsExactly(traceId(1));
    assertThat(traces("?version=1.0&release=r1")).containsExactly(traceId(1));
    assertThat(traces("?fromTimestamp=2026-11-21T10:00:05Z&toTimestamp=2026-11-21T10:00:09Z"))
        .containsExactly(traceId(2));
    assertThat(traces("?fromTimestamp=2026-11-21T12:00:05%2B02:00")).hasSize(2);
    assertThat(traces("?userId=nobody")).isEmpty();
  }

  @Test
  void traceList_filterParameter() {
    assertThat(
            traces(filter("{'type':'string','column':'name','operator':'contains','value':'r'}")))
        .containsExactly(traceId(3), traceId(1));
    assertThat(
            traces(
                filter(
                    "{'type':'arrayOptions','column':'tags','operator':'all"
                        + " of','value':['red','hot']}")))
        .containsExactly(traceId(1));
    assertThat(
            traces(
                filter(
                    "{'type':'datetime','column':'timestamp','operator':'>=','value':'2026-11-21T10:00:05Z'}")))
        .hasSize(2);
    assertThat(
            traces(
                filter(
                    "{'type':'stringObject','column':'metadata','key':'plan','operator':'=','value':'gold'}")))
        .containsExactly(traceId(1));
    assertThat(
            traces(
                filter(
                    "{'type':'stringOptions','column':'level','operator':'any"
                        + " of','value':['ERROR']}")))
        .containsExactly(traceId(2));
    assertThat(traces(filter("{'type':'null','column':'userId','operator':'is null','value':''}")))
        .hasSize(2);
    assertThat(
            traces(filter("{'type':'number','column':'totalCost','operator':'>','value':0.002}")))
        .containsExactly(traceId(1));
  }

  @Test
  void filterParameter_replacesSimpleFilterOfTheSameColumn() {
    assertThat(
            traces(
                filter("{'type':'string','column':'name','operator':'=','value':'run'}")
                    + "&name=third"))
        .containsExactly(traceId(1));
  }

  @Test
  void traceList_fieldsLeaveGroupsOut() {
    JsonNode trace = server.json("/api/public/traces?fields=core&userId=u1").path("data").get(0);

    assertThat(trace.path("input").isNull()).isTrue();
    assertThat(trace.path("observations")).isEmpty();
    assertThat(trace.path("latency").asInt()).isEqualTo(-1);
    assertThat(trace.path("totalCost").asInt()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "limit=101, too_big, limit",
    "limit=0, too_small, limit",
    "page=0, too_small, page",
    "page=x, invalid_type, page",
    "fromTimestamp=yesterday, invalid_format, fromTimestamp",
    "orderBy=timestamp, custom, orderBy",
    "filter=%7B%7D, custom, filter",
  })
  void invalidParameter_isAnsweredWithAnIssue(String query, String code, String parameter) {
    HttpResponse<String> response = server.get("/api/public/traces?" + query);

    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode body = parse(response.body());
    assertThat(body.path("message").asText()).isEqualTo("Invalid request data");
    assertThat(body.path("error").get(0).path("code").asText()).isEqualTo(code);
    assertThat(body.path("error").get(0).path("path").get(0).asText()).isEqualTo(parameter);
  }

  @ParameterizedTest
  @ValueSource(strings = {"type=generation", "type=MODEL", "level=warning"})
  void choiceThatIsNone_isRefused(String query) {
    for (String path : List.of("/observations?", "/v2/observations?")) {
      assertThat(server.get("/api/public" + path + query).statusCode()).as(path).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/traces", "/v2/observations"})
  void groupOfFieldsThatIsNotKnown_isLeftOut(String path) {
    JsonNode known = server.json("/api/public" + path + "?fields=core,io");

    assertThat(server.json("/api/public" + path + "?fields=core,io,later")).isEqualTo(known);
  }

  @Test
  void emptyParent_asksNewerObservationsForThoseWithoutOne() {
    JsonNode roots = server.json("/api/public/v2/observations?parentObservationId=").get("data");

    assertThat(roots).isNotEmpty();
    roots.forEach(root -> assertThat(root.get("parentObservationId").isNull()).isTrue());
    assertThat(server.json("/api/public/v2/observations").get("data").size())
        .isGreaterThan(roots.size());
  }

  @Test
  void emptyId_isNone() {
    HttpResponse<String> response = server.get("/api/public/scores/?limit=2");

    assertThat(response.statusCode()).isEqualTo(308);
    assertThat(response.headers().firstValue("Location")).contains("/api/public/scores?limit=2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?orderBy=nonsense.asc",
        "?filter=%5B%7B%22type%22%3A%22string%22%2C%22column%22%3A%22nonsense%22%2C%22operator%22%3A%22%3D%22%2C%22value%22%3A%22x%22%7D%5D",
        "?filter=nojson"
      })
  void unknownColumn_isRefused(String query) {
    HttpResponse<String> response = server.get("/api/public/traces" + query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(parse(response.body()).path("error").asText()).isEqualTo("InvalidRequestError");
  }

  @Test
  void singleTrace_holdsItsObservations() {
    JsonNode trace = server.json("/api/public/traces/" + traceId(1));

    assertThat(trace.path("observations").findValuesAsText("name")).containsExactly("run", "ask");
    assertThat(trace.path("observations").get(1).path("totalPrice").asInt(-1)).isZero();
    assertThat(trace.path("latency").asDouble()).isEqualTo(1.0);
    assertThat(trace.path("scores")).isEmpty();
  }

  @Test
  void unknownTrace_isNotFound() {
    HttpResponse<String> response = server.get("/api/public/traces/nope");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(parse(response.body()))
        .isEqualTo(
            parse(
                "{\"message\":\"Trace nope not found within authorized project\","
                    + "\"error\":\"LangfuseNotFoundError\"}"));
  }

  @Test
  void observation_hasTheContractsFields() {
    JsonNode observation = server.json("/api/public/observations/" + spanId(12));

    assertThat(withoutTimes(observation))
        .isEqualTo(
            parse(
                """
                {"id":"000000000000000c","traceId":"00000000000000000000000000000001",
                 "startTime":"2026-11-21T10:00:00.100Z","endTime":"2026-11-21T10:00:00.600Z",
                 "projectId":"local","parentObservationId":"000000000000000b",
                 "type":"GENERATION","environment":"prod","name":"ask","level":"DEFAULT",
                 "statusMessage":null,"version":null,"input":null,"output":null,
                 "metadata":%s,
                 "model":"gpt-4o","modelParameters":{"temperature":0.2},
                 "completionStartTime":"2026-11-21T10:00:00.300Z",
                 "promptId":null,"promptName":null,"promptVersion":null,
                 "latency":0.5,"timeToFirstToken":0.2,
                 "usageDetails":{"input":10,"output":5,"total":15},
                 "costDetails":{"input":0.001,"output":0.002,"total":0.003},
                 "usagePricingTierId":"gpt-4o_standard","usagePricingTierName":"Standard",
                 "inputPrice":0.0000025,"outputPrice":0.00001,"totalPrice":null,
                 "calculatedInputCost":0.001,"calculatedOutputCost":0.002,
                 "calculatedTotalCost":0.003,"unit":"TOKENS","promptTokens":10,
                 "completionTokens":5,"totalTokens":15,"modelId":"gpt-4o",
                 "usage":{"unit":"TOKENS","input":10,"output":5,"total":15}}
                """
                    .formatted(observation.path("metadata"))));
  }

  @Test
  void observationList_filters() {
    assertThat(observations("")).hasSize(4);
    assertThat(observations("?type=GENERATION")).containsExactly(spanId(12));
    assertThat(observations("?traceId=" + traceId(1))).containsExactly(spanId(12), spanId(11));
    assertThat(observations("?level=ERROR")).containsExactly(spanId(21));
    assertThat(observations("?parentObservationId=" + spanId(11))).containsExactly(spanId(12));
    assertThat(observations("?name=third")).containsExactly(spanId(31));
    assertThat(observations("?userId=u1")).hasSize(2);
    assertThat(observations("?environment=prod")).hasSize(2);
    assertThat(observations("?fromStartTime=2026-11-21T10:00:05Z")).hasSize(2);
    assertThat(
            observations(
                filter(
                    "{'type':'number','column':'latency','operator':'>=','value':0.5},{'type':'stringOptions','column':'type','operator':'any"
                        + " of','value':['GENERATION']}")))
        .containsExactly(spanId(12));
  }

  @Test
  void unknownObservation_isNotFound() {
    HttpResponse<String> response = server.get("/api/public/observations/nope");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(parse(response.body()).path("message").asText())
        .isEqualTo("Observation with id nope not found");
  }

  @Test
  void observationsV2_goByCursor() {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = server.json("/api/public/v2/observations?limit=3" + cursor);
      seen.addAll(ids(page));
      cursor =
          page.path("meta").has("cursor")
              ? "&cursor=" + page.path("meta").path("cursor").asText()
              : "";
    } while (!cursor.isEmpty());

    assertThat(seen).containsExactly(spanId(31), spanId(21), spanId(12), spanId(11));
  }

  @Test
  void observationsV2_showGroupsOfFields() {
    JsonNode plain = server.json("/api/public/v2/observations?type=GENERATION").path("data").get(0);
    assertThat(plain.has("input")).isFalse();
    assertThat(plain.path("statusMessage").asText("null")).isEmpty();
    assertThat(plain.path("latency").asDouble()).isEqualTo(0.5);
    assertThat(plain.path("isRootObservation").asBoolean()).isFalse();

    JsonNode full =
        server
            .json(
                "/api/public/v2/observations?isRootObservation=true&userId=u1"
                    + "&fields=core,io,metadata,model,usage,prompt,trace_context,time")
            .path("data")
            .get(0);
    assertThat(full.path("input").asText()).isEqualTo("{\"question\":\"why?\"}");
    assertThat(full.path("metadata").isObject()).isTrue();
    assertThat(full.path("metadata")).allMatch(JsonNode::isTextual);
    assertThat(full.path("traceName").asText()).isEqualTo("run");
    assertThat(full.path("tags")).hasSize(2);
    assertThat(full.has("name")).isFalse();
  }

  @Test
  void sessions_listAndSingle() {
    JsonNode page = server.json("/api/public/sessions");
    assertThat(page.path("data"))
        .isEqualTo(
            parse(
                "[{\"id\":\"s1\",\"createdAt\":\"2026-11-21T10:00:00.000Z\","
                    + "\"projectId\":\"local\",\"environment\":\"default\"}]"));

    JsonNode session = server.json("/api/public/sessions/s1");
    assertThat(session.path("traces").findValuesAsText("name")).containsExactly("run", "second");
    assertThat(session.path("traces").get(0).path("input"))
        .isEqualTo(parse("{\"question\":\"why?\"}"));

    HttpResponse<String> unknown = server.get("/api/public/sessions/nope");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(parse(unknown.body()).path("message").asText())
        .isEqualTo("Session not found within authorized project");
  }

  @Test
  void projects_nameTheProject() {
    assertThat(server.json("/api/public/projects").path("data").get(0).path("id").asText())
        .isEqualTo("local");
  }

  @Test
  void health_isOk() {
    JsonNode health = server.json("/api/public/health?failIfDatabaseUnavailable=true");
    assertThat(health.path("status").asText()).isEqualTo("OK");
    assertThat(health.path("version").asText()).isEqualTo("4.16.0");
    assertThat(server.get("/api/public/ready").statusCode()).isEqualTo(200);
    assertThat(server.get("/api/public/health?failIfNoRecentEvents=true").statusCode())
        .isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/public/nope", "/api/nope", "/api/public/traces/a/b", "/v1/nope"})
  void unknownApiPath_isJson404(String path) {
    HttpResponse<String> response = server.get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(parse(response.body()).path("error").asText()).isEqualTo("LangfuseNotFoundError");
  }

  @Test
  void delete_removesTraces() {
    server.ingest(OtlpRequest.root(90, 901, "one"));
    server.ingest(OtlpRequest.root(91, 911, "two"));
    server.ingest(OtlpRequest.root(92, 921, "three"));

    HttpResponse<String> one =
        server.send(server.request("/api/public/traces/" + traceId(90)).DELETE());
    assertThat(one.statusCode()).isEqualTo(200);
    assertThat(one.body()).isEqualTo("{\"message\":\"Trace deleted successfully\"}");
    HttpResponse<String> many =
        server.send(
            server
                .request("/api/public/traces")
                .method(
                    "DELETE",
                    BodyPublishers.ofString(
                        "{\"traceIds\":[\"" + traceId(91) + "\",\"" + traceId(92) + "\"]}")));
    assertThat(many.body()).isEqualTo("{\"message\":\"Traces deleted successfully\"}");

    assertThat(server.get("/api/public/traces/" + traceId(90)).statusCode()).isEqualTo(404);
    assertThat(server.get("/api/public/traces/" + traceId(92)).statusCode()).isEqualTo(404);
    assertThat(server.get("/api/public/observations/" + spanId(911)).statusCode()).isEqualTo(404);
  }

  @Test
  void gzip_isOfferedForLargerAnswers() {
    HttpResponse<String> response =
        server.send(server.request("/api/public/observations").header("Accept-Encoding", "gzip"));

    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
  }
}
