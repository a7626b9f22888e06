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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoresTest {
  private static final String TRACE = traceId(1);

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    Clock later = Clock.fixed(OtlpRequest.START.plusSeconds(3600), ZoneOffset.UTC);
    server = TestServer.start(folder, builder -> builder.clock(later));
    server.ingest(
        OtlpRequest.root(1, 11, "run")
            .attribute("user.id", "u1")
            .attribute("session.id", "s1")
            .attribute("langfuse.trace.tags", "[\"red\"]"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String quoted(String json) {
    return json.replace('\'', '"').replace("TRACE", TRACE);
  }

  private HttpResponse<String> post(String path, String json) {
    return server.post(
        "/api/public" + path, "application/json", quoted(json).getBytes(StandardCharsets.UTF_8));
  }

  private void score(String json) {
    HttpResponse<String> response = post("/scores", json);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  private HttpResponse<String> ingest(String... events) {
    return post("/ingestion", "{'batch':[" + String.join(",", events) + "]}");
  }

  private static String event(String id, String type, String body) {
    return "{'id':'%s','type':'%s','timestamp':'2026-11-21T10:00:05.000Z','body':%s}"
        .formatted(id, type, body);
  }

  private JsonNode get(String path) {
    return server.json("/api/public" + path);
  }

  private List<String> ids(String path) {
    List<String> ids = new ArrayList<>();
    get(path).path("data").forEach(score -> ids.add(score.path("id").asText()));
    return ids;
  }

  private static JsonNode withoutTimes(JsonNode score) {
    ((ObjectNode) score).remove(List.of("createdAt", "updatedAt"));
    return score;
  }

  @Test
  void score_ofObservation_hasTheContractsFields() {
    score(
        """
        {'id':'a','traceId':'TRACE','observationId':'%s','name':'quality','value':0.5,
         'comment':'fine','metadata':{'by':'me'},'environment':'prod'}\
        """
            .formatted(spanId(11)));

    assertThat(withoutTimes(get("/v2/scores/a")))
        .isEqualTo(
            parse(
                quoted(
                    """
                    {'id':'a','projectId':'local','environment':'prod','name':'quality','value':0.5,
                     'source':'API','authorUserId':null,'comment':'fine','metadata':{'by':'me'},
                     'configId':null,'queueId':null,'executionTraceId':null,
                     'timestamp':'2026-11-21T11:00:00.000Z','traceId':'TRACE',
                     'observationId':'%s','sessionId':null,'datasetRunId':null,
                     'stringValue':null,'dataType':'NUMERIC'}\
                    """
                        .formatted(spanId(11)))));
    assertThat(get("/scores/a").has("sessionId")).isFalse();
    assertThat(get("/v2/scores").path("data").get(0).path("trace"))
        .isEqualTo(
            parse(
                quoted("{'userId':'u1','tags':['red'],'environment':'default','sessionId':'s1'}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "2       |            | NUMERIC     | 2 |",
        "'good'  |            | CATEGORICAL | 0 | good",
        "1       | BOOLEAN    | BOOLEAN     | 1 | True",
        "0       | BOOLEAN    | BOOLEAN     | 0 | False",
        "'words' | TEXT       | TEXT        |   | words",
        "'right' | CORRECTION | CORRECTION  |   | right",
      })
  void value_ofEachType_isShownAsTheContractSays(
      String value, String given, String type, Double number, String words) {
    String dataType = given == null ? "" : ",'dataType':'" + given + "'";
    score("{'id':'x','traceId':'TRACE','name':'n','value':" + value + dataType + "}");

    JsonNode shown = get("/v2/scores/x");
    assertThat(shown.path("dataType").asText()).isEqualTo(type);
    assertThat(shown.has("value")).isEqualTo(number != null);
    assertThat(shown.path("value").asDouble()).isEqualTo(number == null ? 0 : number);
    assertThat(shown.path("stringValue").asText(null)).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'traceId':'t','value':1}",
        "{'traceId':'t','name':'','value':1}",
        "{'traceId':'t','name':'n'}",
        "{'name':'n','value':1}",
        "{'traceId':'t','sessionId':'s','name':'n','value':1}",
        "{'observationId':'o','sessionId':'s','name':'n','value':1}",
        "{'traceId':'t','name':'n','value':2,'dataType':'BOOLEAN'}",
        "{'traceId':'t','name':'n','value':'x','dataType':'NUMERIC'}",
        "{'traceId':'t','name':'n','value':1,'dataType':'CATEGORICAL'}",
        "{'traceId':'t','name':'n','value':'','dataType':'TEXT'}",
        "{'traceId':'t','name':'n','value':1,'source':'ANNOTATION'}",
        "{'traceId':'t','name':'n','value':1,'dataType':'NUMBER'}",
        "[]",
        "nonsense",
      })
  void score_thatBreaksTheSchema_isRefusedWithIssues(String body) {
    HttpResponse<String> response = post("/scores", body);

    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode error = parse(response.body());
    assertThat(error.path("message").asText()).isEqualTo("Invalid request data");
    assertThat(error.path("error"))
        .isNotEmpty()
        .allSatisfy(
            issue ->
                assertThat(issue.fieldNames()).toIterable().contains("code", "path", "message"));
    assertThat(get("/v2/scores").path("data")).isEmpty();
  }

  @Test
  void score_withoutSubject_namesTheFourFields() {
    JsonNode error = parse(post("/scores", "{'name':'n','value':1}").body()).path("error").get(0);

    assertThat(error.path("path").toString())
        .isEqualTo(quoted("['traceId','sessionId','datasetRunId','observationId']"));
  }

  @Test
  void score_ofTextWith500Characters_isTakenAndWith501_isNot() {
    String text = "{'traceId':'t','name':'n','dataType':'TEXT','value':'%s'}";

    assertThat(post("/scores", text.formatted("x".repeat(500))).statusCode()).isEqualTo(200);
    assertThat(post("/scores", text.formatted("x".repeat(501))).statusCode()).isEqualTo(400);
  }

  /** Trap 16. */
  @Test
  void delete_ofAnyId_is202() {
    score("{'id':'gone','traceId':'TRACE','name':'n','value':1}");
    for (String id : List.of("gone", "never-there")) {
      HttpResponse<String> response =
          server.send(server.request("/api/public/scores/" + id).DELETE());

      assertThat(response.statusCode()).isEqualTo(202);
      assertThat(response.body())
          .isEqualTo(quoted("{'message':'Score deletion queued successfully'}"));
    }
    assertThat(server.get("/api/public/v2/scores/gone").statusCode()).isEqualTo(404);
  }

  /** Trap 17. */
  @Test
  void v1_hidesScoresOfSessionsAndRuns() {
    score("{'id':'of-trace','traceId':'TRACE','name':'n','value':1}");
    score("{'id':'of-session','sessionId':'s1','name':'n','value':1}");
    score("{'id':'of-run','datasetRunId':'r1','name':'n','value':1}");

    assertThat(ids("/scores")).containsExactly("of-trace");
    assertThat(ids("/v2/scores")).containsExactlyInAnyOrder("of-trace", "of-session", "of-run");
    HttpResponse<String> hidden = server.get("/api/public/scores/of-session");
    assertThat(hidden.statusCode()).isEqualTo(404);
    assertThat(hidden.body()).contains("Score not found", "LangfuseNotFoundError");
    assertThat(get("/v2/scores/of-session").path("sessionId").asText()).isEqualTo("s1");
  }

  /** Trap 18. */
  @Test
  void event_withoutBodyId_isAnswered201AndNotStored() {
    HttpResponse<String> response =
        ingest(
            event("e1", "score-create", "{'traceId':'TRACE','name':'n','value':1}"),
            event("e2", "score-create", "{'id':'kept','traceId':'TRACE','name':'n','value':1}"),
            event("e3", "trace-create", "{'name':'nobody'}"),
            event("e4", "span-create", "{'traceId':'TRACE','name':'nobody'}"));

    assertThat(response.statusCode()).isEqualTo(207);
    JsonNode answer = parse(response.body());
    assertThat(answer.path("successes")).hasSize(4);
    assertThat(answer.path("successes").get(0))
        .isEqualTo(parse(quoted("{'id':'e1','status':201}")));
    assertThat(answer.path("errors")).isEmpty();
    assertThat(ids("/v2/scores")).containsExactly("kept");
    assertThat(get("/observations").path("data")).hasSize(1);
  }

  @Test
  void ingestion_answersEachEventForItself() {
    HttpResponse<String> response =
        ingest(
            event("good", "score-create", "{'id':'s','traceId':'TRACE','name':'n','value':1}"),
            event("bad", "score-create", "{'id':'t','traceId':'TRACE','name':'n'}"),
            event("odd", "wish-create", "{}"),
            "{'type':'sdk-log'}",
            event("log", "sdk-log", "{'log':'hello'}"),
            event(
                "lost",
                "score-create",
                "{'id':'u','traceId':'TRACE','name':'n','value':1,'configId':'none'}"));

    JsonNode answer = parse(response.body());
    assertThat(answer.path("successes").findValuesAsText("id"))
        .containsExactlyInAnyOrder("good", "log");
    assertThat(answer.path("errors").findValuesAsText("id"))
        .containsExactlyInAnyOrder("bad", "odd", "unknown", "lost");
    assertThat(answer.path("errors").findValuesAsText("status"))
        .containsExactlyInAnyOrder("400", "400", "400", "404");
    assertThat(ids("/v2/scores")).containsExactly("s");
    assertThat(get("/v2/scores/s").path("timestamp").asText())
        .isEqualTo("2026-11-21T10:00:05.000Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "x", "{'batch':1}"})
  void ingestion_withoutBatch_is400(String body) {
    HttpResponse<String> response = post("/ingestion", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(parse(response.body()).path("message").asText()).isEqualTo("Invalid request data");
    assertThat(parse(response.body()).path("errors")).hasSize(1);
  }

  @Test
  void ingestion_overItsLimit_is413() {
    String large = "{'batch':[],'metadata':'" + "x".repeat(4_718_592) + "'}";

    assertThat(post("/ingestion", large).statusCode()).isEqualTo(413);
    assertThat(post("/ingestion", large.replace("x".repeat(1_000), "")).statusCode())
        .isEqualTo(207);
  }

  @Test
  void ingestion_ofObservations_mergesByTheLegacyRules() {
    ingest(
        event("1", "trace-create", "{'id':'lt','name':'legacy','userId':'u','tags':['b']}"),
        """
        {'id':'3','type':'generation-update','timestamp':'2026-11-21T10:00:09Z',
         'body':{'id':'g','output':'hi','endTime':'2026-11-21T10:00:08Z','level':'WARNING',
                 'usage':{'promptTokens':3,'completionTokens':4,'totalTokens':7}}}\
        """,
        """
        {'id':'2','type':'generation-create','timestamp':'2026-11-21T10:00:06Z',
         'body':{'id':'g','traceId':'lt','name':'ask','model':'m','input':['q'],
                 'startTime':'2026-11-21T10:00:06Z','metadata':{'a':{'b':1}}}}\
        """,
        event("4", "agent-create", "{'id':'ag','traceId':'lt','name':'agent'}"));
    ingest(
        event(
            "5",
            "generation-update",
            "{'id':'g','startTime':'2026-11-21T09:00:00Z','metadata':{'a':{'c':2}}}"),
        event("6", "trace-create", "{'id':'lt','tags':['a'],'output':'done'}"));

    JsonNode generation = get("/observations/g");
    assertThat(generation.path("type").asText()).isEqualTo("GENERATION");
    assertThat(generation.path("name").asText()).isEqualTo("ask");
    assertThat(generation.path("level").asText()).isEqualTo("WARNING");
    assertThat(generation.path("startTime").asText()).isEqualTo("2026-11-21T10:00:06.000Z");
    assertThat(generation.path("output").asText()).isEqualTo("hi");
    assertThat(generation.path("input").toString()).isEqualTo("[\"q\"]");
    assertThat(generation.path("metadata")).isEqualTo(parse("{\"a\":{\"b\":1,\"c\":2}}"));
    assertThat(generation.path("usageDetails"))
        .isEqualTo(parse("{\"input\":3,\"output\":4,\"total\":7}"));
    JsonNode trace = get("/traces/lt");
    assertThat(trace.path("name").asText()).isEqualTo("legacy");
    assertThat(trace.path("userId").asText()).isEqualTo("u");
    assertThat(trace.path("tags").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(trace.path("output").asText()).isEqualTo("done");
    assertThat(trace.path("observations").findValuesAsText("type"))
        .containsExactlyInAnyOrder("GENERATION", "AGENT");
  }

  @Test
  void score_sentTwice_isChangedAndStaysWhereItWas() {
    score("{'id':'a','traceId':'TRACE','name':'n','value':1,'comment':'c','metadata':{'x':1}}");
    score("{'id':'a','traceId':'other','name':'n','value':2,'metadata':{'y':2}}");

    JsonNode changed = get("/v2/scores/a");
    assertThat(changed.path("value").asInt()).isEqualTo(2);
    assertThat(changed.path("traceId").asText()).isEqualTo(TRACE);
    assertThat(changed.path("comment").asText()).isEqualTo("c");
    assertThat(changed.path("metadata")).isEqualTo(parse("{\"x\":1,\"y\":2}"));
  }

  @Test
  void trace_showsItsScores() {
    score("{'id':'a','traceId':'TRACE','name':'n','value':1}");

    JsonNode single = get("/traces/" + TRACE).path("scores");
    assertThat(single).hasSize(1);
    assertThat(single.get(0).path("name").asText()).isEqualTo("n");
    assertThat(get("/traces").path("data").get(0).path("scores").toString()).isEqualTo("[\"a\"]");
    assertThat(get("/traces?fields=core").path("data").get(0).path("scores")).isEmpty();
  }

  @Test
  void viewer_showsScoresOfTraceAndObservations() {
    score("{'id':'a','traceId':'TRACE','name':'n','value':1}");
    score("{'id':'b','traceId':'TRACE','observationId':'o1','name':'m','value':'good'}");

    JsonNode scores = server.json("/api/viewer/traces/" + TRACE).path("scores");
    assertThat(scores.findValuesAsText("id")).containsExactlyInAnyOrder("a", "b");
    assertThat(scores.findValuesAsText("observationId")).containsExactlyInAnyOrder("null", "o1");
    assertThat(scores.findValuesAsText("stringValue")).contains("good");
  }

  @Test
  void trace_deleted_takesItsScoresWithIt() {
    score("{'id':'a','traceId':'TRACE','name':'n','value':1}");
    score("{'id':'b','sessionId':'s1','name':'n','value':1}");
    server.send(server.request("/api/public/traces/" + TRACE).DELETE());

    assertThat(ids("/v2/scores")).containsExactly("b");
  }

  @ParameterizedTest
  @CsvSource({
    "userId=u1, a b c",
    "userId=u2, ''",
    "name=n, a b",
    "dataType=CATEGORICAL, c",
    "source=API, a b c d",
    "source=EVAL, ''",
    "operator=>&value=1, b",
    "operator=!=&value=1, b c d",
    "scoreIds=a;d, a d",
    "sessionId=s1, d",
    "traceId=TRACE, a b c",
    "observationId=o1, b",
    "environment=prod, c",
    "traceTags=red, a b c",
    "traceTags=blue, ''",
  })
  void list_isFiltered(String query, String expected) {
    score("{'id':'a','traceId':'TRACE','name':'n','value':1}");
    score("{'id':'b','traceId':'TRACE','observationId':'o1','name':'n','value':2}");
    score("{'id':'c','traceId':'TRACE','name':'m','value':'x','environment':'prod'}");
    score("{'id':'d','sessionId':'s1','name':'l','value':-1}");
    String path =
        "/v2/scores?" + query.replace("TRACE", TRACE).replace(';', ',').replace(">", encode(">"));

    assertThat(String.join(" ", ids(path).stream().sorted().toList())).isEqualTo(expected);
  }

  @Test
  void list_hasPages() {
    for (int i = 0; i < 5; i++) {
      score("{'id':'s%d','traceId':'TRACE','name':'n','value':%d}".formatted(i, i));
    }

    assertThat(ids("/v2/scores?limit=2&page=3")).hasSize(1);
    assertThat(get("/v2/scores?limit=2").path("meta"))
        .isEqualTo(parse(quoted("{'page':1,'limit':2,'totalItems':5,'totalPages':3}")));
    assertThat(server.get("/api/public/v2/scores?limit=101").statusCode()).isEqualTo(400);
  }

  @Test
  void v3_hasCursorsAndGroupsOfFields() {
    for (int i = 0; i < 5; i++) {
      score("{'id':'s%d','traceId':'TRACE','name':'n','value':%d}".formatted(i, i));
    }
    List<String> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get("/v3/scores?limit=2" + cursor);
      page.path("data").forEach(score -> all.add(score.path("id").asText()));
      cursor =
          page.path("meta").has("cursor")
              ? "&cursor=" + page.path("meta").path("cursor").asText()
              : "";
    } while (!cursor.isEmpty());

    assertThat(all).containsExactly("s4", "s3", "s2", "s1", "s0");
    JsonNode score = get("/v3/scores?id=s1&fields=subject,details,annotation").path("data").get(0);
    assertThat(score.path("subject")).isEqualTo(parse(quoted("{'kind':'trace','id':'TRACE'}")));
    assertThat(score.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "projectId",
            "name",
            "source",
            "timestamp",
            "environment",
            "createdAt",
            "updatedAt",
            "dataType",
            "value",
            "comment",
            "configId",
            "metadata",
            "authorUserId",
            "queueId",
            "subject");
    assertThat(ids("/v3/scores?dataType=numeric&valueMin=1&valueMax=2"))
        .containsExactly("s2", "s1");
    assertThat(ids("/v3/scores?dataType=NUMERIC&value=3.0,0")).containsExactly("s3", "s0");
    for (String refused :
        List.of(
            "userId=u1",
            "traceTags=red",
            "nonsense=1",
            "limit=0",
            "source=nobody",
            "dataType=nothing",
            "value=1",
            "value=1&dataType=NUMERIC,BOOLEAN",
            "value=1&dataType=TEXT",
            "value=x&dataType=NUMERIC",
            "value=1&dataType=BOOLEAN",
            "valueMin=1",
            "valueMax=1&dataType=BOOLEAN",
            "observationId=o",
            "traceId=t&sessionId=s",
            "sessionId=s&experimentId=e")) {
      assertThat(server.get("/api/public/v3/scores?" + refused).statusCode())
          .as(refused)
          .isEqualTo(400);
    }
  }

  @Test
  void v3_valueHasTheTypeOfItsData() {
    score("{'id':'n','traceId':'TRACE','name':'n','value':0.5}");
    score("{'id':'yes','traceId':'TRACE','name':'b','value':1,'dataType':'BOOLEAN'}");
    score("{'id':'no','traceId':'TRACE','name':'b','value':0,'dataType':'BOOLEAN'}");
    score("{'id':'c','traceId':'TRACE','name':'c','value':'good'}");

    Map<String, JsonNode> values = new TreeMap<>();
    get("/v3/scores")
        .path("data")
        .forEach(score -> values.put(score.path("id").asText(), score.path("value")));
    assertThat(values.toString()).isEqualTo("{c=\"good\", n=0.5, no=false, yes=true}");
    assertThat(ids("/v3/scores?dataType=boolean&value=true")).containsExactly("yes");
    assertThat(ids("/v3/scores?dataType=Categorical&value=good,bad")).containsExactly("c");
    assertThat(ids("/v3/scores?source=api,eval")).hasSize(4);
  }

  private JsonNode config(String json) {
    HttpResponse<String> response = post("/score-configs", json);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return parse(response.body());
  }

  @Test
  void config_isCreatedReadChangedAndListed() {
    JsonNode created =
        config("{'name':'stars','dataType':'NUMERIC','minValue':1,'maxValue':5,'description':'d'}");
    String path = "/score-configs/" + created.path("id").asText();

    assertThat(get(path)).isEqualTo(created);
    assertThat(created.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "name",
            "isArchived",
            "description",
            "createdAt",
            "updatedAt",
            "projectId",
            "minValue",
            "maxValue",
            "dataType",
            "categories");
    HttpResponse<String> patched =
        server.send(
            server
                .request("/api/public" + path)
                .method("PATCH", BodyPublishers.ofString("{\"isArchived\":true}")));
    assertThat(patched.statusCode()).isEqualTo(200);
    assertThat(get(path).path("isArchived").asBoolean()).isTrue();
    assertThat(get(path).path("maxValue").asInt()).isEqualTo(5);
    assertThat(get("/score-configs").path("meta").path("totalItems").asInt()).isEqualTo(1);
    assertThat(server.get("/api/public/score-configs/none").body())
        .contains("Score config not found within authorized project");
  }

  @Test
  void config_ofBoolean_getsTrueAndFalse() {
    assertThat(config("{'name':'b','dataType':'BOOLEAN'}").path("categories"))
        .isEqualTo(parse(quoted("[{'label':'True','value':1},{'label':'False','value':0}]")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'n'}",
        "{'dataType':'NUMERIC'}",
        "{'name':'n','dataType':'NUMERIC','minValue':2,'maxValue':1}",
        "{'name':'n','dataType':'CATEGORICAL'}",
        "{'name':'n','dataType':'CATEGORICAL','categories':[{'label':'a','value':1},{'label':'a','value':2}]}",
        "{'name':'n','dataType':'NUMERIC','categories':[{'label':'a','value':1}]}",
        "{'name':'n','dataType':'TEXT','minValue':1}",
      })
  void config_thatMakesNoSense_isRefused(String body) {
    assertThat(post("/score-configs", body).statusCode()).isEqualTo(400);
  }

  @Test
  void score_isHeldAgainstItsConfig() {
    String stars =
        config("{'name':'s','dataType':'NUMERIC','minValue':1,'maxValue':5}").path("id").asText();
    String mood =
        config("{'name':'m','dataType':'CATEGORICAL','categories':[{'label':'good','value':3}]}")
            .path("id")
            .asText();
    String body = "{'id':'%s','traceId':'TRACE','name':'n','value':%s,'configId':'%s'}";
    score(body.formatted("a", "5", stars));
    score(body.formatted("b", "'good'", mood));

    assertThat(get("/v2/scores/b").path("value").asInt()).isEqualTo(3);
    for (String refused :
        List.of(
            body.formatted("c", "6", stars),
            body.formatted("c", "'good'", stars),
            body.formatted("c", "'bad'", mood),
            body.formatted("c", "1", mood))) {
      assertThat(post("/scores", refused).statusCode()).as(refused).isEqualTo(400);
    }
    server.send(
        server
            .request("/api/public/score-configs/" + stars)
            .method("PATCH", BodyPublishers.ofString("{\"isArchived\":true}")));
    assertThat(post("/scores", body.formatted("d", "4", stars)).body()).contains("archived");
  }

  @Test
  void publicKeyAlone_maySendScoresOnly() {
    server.close();
    server =
        TestServer.start(
            folder.resolve("keys"),
            builder ->
                builder.requireKeys(true).project(new Project("p", "P", "pk-lf-1", "sk-lf-1")));
    String score =
        quoted(event("s", "score-create", "{'id':'s','traceId':'TRACE','name':'n','value':1}"));
    String trace = quoted(event("t", "trace-create", "{'id':'t'}"));
    String batch = "{\"batch\":[" + score + "," + trace + "]}";

    HttpResponse<String> response =
        server.send(
            server
                .request("/api/public/ingestion")
                .header("Authorization", "Bearer pk-lf-1")
                .POST(BodyPublishers.ofString(batch)));
    JsonNode answer = parse(response.body());
    assertThat(answer.path("successes").findValuesAsText("id")).containsExactly("s");
    assertThat(answer.path("errors").get(0).path("status").asInt()).isEqualTo(401);
    HttpResponse<String> wrong =
        server.send(
            server
                .request("/api/public/ingestion")
                .header("Authorization", "Bearer pk-lf-2")
                .POST(BodyPublishers.ofString(batch)));
    assertThat(wrong.statusCode()).isEqualTo(403);
    HttpResponse<String> reading =
        server.send(
            server.request("/api/public/v2/scores").header("Authorization", "Bearer pk-lf-1"));
    assertThat(reading.statusCode()).isEqualTo(403);
  }
}
