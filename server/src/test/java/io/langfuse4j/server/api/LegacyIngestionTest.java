package io.langfuse4j.server.api;

import static io.langfuse4j.server.TestServer.parse;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The batch that SDKs sent before they sent spans: observations and traces, event by event. */
class LegacyIngestionTest {
  @TempDir private static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode ingest(String... events) {
    String batch = "{'batch':[" + String.join(",", events) + "]}";
    var response =
        server.post(
            "/api/public/ingestion", "application/json", batch.replace('\'', '"').getBytes(UTF_8));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(207);
    return parse(response.body());
  }

  private static String event(String type, String body) {
    return "{'id':'e-%s','type':'%s','timestamp':'2026-11-21T10:00:05.000Z','body':%s}"
        .formatted(type, type, body);
  }

  private static JsonNode observation(String id) {
    return server.json("/api/public/observations/" + id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "span",
        "generation",
        "event",
        "agent",
        "tool",
        "chain",
        "retriever",
        "evaluator",
        "embedding",
        "guardrail"
      })
  void create_ofEveryType_storesIt(String type) {
    JsonNode answer =
        ingest(event(type + "-create", "{'id':'o-%s','traceId':'t','name':'n'}".formatted(type)));

    assertThat(answer.path("errors")).isEmpty();
    JsonNode stored = observation("o-" + type);
    assertThat(stored.path("type").asText()).isEqualToIgnoringCase(type);
    assertThat(stored.path("startTime").asText()).isEqualTo("2026-11-21T10:00:05.000Z");
    assertThat(stored.path("endTime").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SPAN", "GENERATION", "EVENT"})
  void observationCreateAndUpdate_nameTheTypeInTheBody(String type) {
    String id = "untyped-" + type;
    JsonNode answer =
        ingest(
            event(
                "observation-create",
                "{'id':'%s','traceId':'t','type':'%s','name':'first'}".formatted(id, type)),
            event(
                "observation-update",
                "{'id':'%s','type':'%s','output':{'a':1}}".formatted(id, type)));

    assertThat(answer.path("errors")).isEmpty();
    assertThat(observation(id).path("type").asText()).isEqualTo(type);
    assertThat(observation(id).path("name").asText()).isEqualTo("first");
    assertThat(observation(id).path("output")).isEqualTo(parse("{\"a\":1}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'usage':{'input':3,'output':4,'unit':'TOKENS'} | {'input':3,'output':4,'total':7}
          'usage':{'promptTokens':3,'completionTokens':4,'totalTokens':9} | {'input':3,'output':4,'total':9}
          'usageDetails':{'prompt_tokens':10,'completion_tokens':5,'total_tokens':15,'prompt_tokens_details':{'cached_tokens':4}} | {'input':6,'output':5,'total':15,'input_cached_tokens':4}
          'usageDetails':{'input_tokens':10,'output_tokens':5,'total_tokens':15,'output_tokens_details':{'reasoning_tokens':2}} | {'input':10,'output':3,'total':15,'output_reasoning_tokens':2}
          'usageDetails':{'input':2,'audio':'3','odd':1.5,'less':-1},'usage':{'input':99} | {'input':2,'audio':3,'total':5}
          """,
      quoteCharacter = '"')
  void usage_inEveryShape_isUnderstood(String fields, String expected) {
    String id = "u" + Integer.toHexString(fields.hashCode());

    JsonNode answer =
        ingest(event("generation-create", "{'id':'%s','traceId':'t',%s}".formatted(id, fields)));

    assertThat(answer.path("errors")).isEmpty();
    assertThat(observation(id).path("usageDetails")).isEqualTo(parse(expected.replace('\'', '"')));
  }

  @Test
  void cost_givenEitherWay_isKept() {
    ingest(
        event(
            "generation-create",
            "{'id':'c1','traceId':'t','costDetails':{'input':0.5,'x':'0','y':null}}"),
        event(
            "generation-create",
            "{'id':'c2','traceId':'t','usage':{'input':1,'inputCost':0.25,'totalCost':0.75}}"));

    assertThat(observation("c1").path("costDetails").path("input").asDouble()).isEqualTo(0.5);
    assertThat(observation("c2").path("costDetails"))
        .isEqualTo(parse("{\"input\":0.25,\"total\":0.75}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'promptName':'p'",
        "'promptVersion':1",
        "'promptName':'p','promptVersion':1.5",
        "'promptName':'p','promptVersion':'1'",
        "'level':'LOUD'",
        "'startTime':'yesterday'",
        "'name':7",
        "'metadata':{},'model':[]"
      })
  void generation_thatBreaksTheContract_isRefusedAlone(String fields) {
    String id = "refused" + Integer.toHexString(fields.hashCode());

    JsonNode answer =
        ingest(
            event("generation-create", "{'id':'%s','traceId':'t',%s}".formatted(id, fields)),
            event("span-create", "{'id':'beside','traceId':'t'}"));

    assertThat(answer.path("successes").findValuesAsText("id")).containsExactly("e-span-create");
    assertThat(answer.path("errors")).hasSize(1);
    assertThat(answer.path("errors").get(0).path("id").asText()).isEqualTo("e-generation-create");
    assertThat(answer.path("errors").get(0).path("status").asInt()).isEqualTo(400);
    assertThat(server.get("/api/public/observations/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void update_ofAStart_isCheckedThoughItChangesNothing() {
    ingest(event("span-create", "{'id':'began','traceId':'t'}"));

    JsonNode answer = ingest(event("span-update", "{'id':'began','startTime':'yesterday'}"));

    assertThat(answer.path("errors")).hasSize(1);
    assertThat(observation("began").path("startTime").asText())
        .isEqualTo("2026-11-21T10:00:05.000Z");
  }

  @Test
  void promptOfASpan_isNotLookedAt() {
    JsonNode answer =
        ingest(event("span-create", "{'id':'unlinked','traceId':'t','promptName':'p'}"));

    assertThat(answer.path("errors")).isEmpty();
    assertThat(observation("unlinked").path("promptName").isNull()).isTrue();
  }

  @Test
  void promptLink_ofNameAndVersion_isKept() {
    ingest(
        event(
            "generation-create",
            "{'id':'linked','traceId':'t','promptName':'p','promptVersion':3}"),
        event("generation-update", "{'id':'linked','promptName':null,'promptVersion':null}"));

    assertThat(observation("linked").path("promptName").asText()).isEqualTo("p");
    assertThat(observation("linked").path("promptVersion").asInt()).isEqualTo(3);
  }

  @Test
  void update_ofNothingKnown_createsIt() {
    ingest(event("span-update", "{'id':'early','traceId':'t','output':'o'}"));

    assertThat(observation("early").path("type").asText()).isEqualTo("SPAN");
    assertThat(observation("early").path("output").asText()).isEqualTo("o");
  }

  @Test
  void update_withNullsAndFalsyContent_erasesNothing() {
    ingest(
        event(
            "span-create",
            "{'id':'kept','traceId':'t','name':'n','input':'i','output':'o','statusMessage':'m'}"),
        event(
            "span-update", "{'id':'kept','name':null,'input':'','output':0,'statusMessage':null}"));

    JsonNode stored = observation("kept");
    assertThat(stored.path("name").asText()).isEqualTo("n");
    assertThat(stored.path("input").asText()).isEqualTo("i");
    assertThat(stored.path("output").asText()).isEqualTo("o");
    assertThat(stored.path("statusMessage").asText()).isEqualTo("m");
  }

  @Test
  void observation_withoutTrace_getsOneOfItsOwn() {
    ingest(event("span-create", "{'id':'alone','name':'n'}"));

    String trace = observation("alone").path("traceId").asText();
    assertThat(trace).isNotEmpty();
    assertThat(server.json("/api/public/traces/" + trace).path("observations")).hasSize(1);
  }

  @Test
  void traceCreate_again_mergesWhatIsNew() {
    ingest(
        event(
            "trace-create",
            "{'id':'tm','timestamp':'2026-11-21T09:00:00Z','name':'a','input':{'q':1},"
                + "'metadata':{'a':{'b':1}},'environment':'prod','tags':['z']}"));
    ingest(
        event(
            "trace-create",
            "{'id':'tm','timestamp':'2026-11-21T09:30:00Z','name':null,'input':'','output':'x',"
                + "'metadata':{'a':{'c':2}},'environment':'other','tags':['a','z'],'public':true}"));

    JsonNode trace = server.json("/api/public/traces/tm");
    assertThat(trace.path("timestamp").asText()).isEqualTo("2026-11-21T09:00:00.000Z");
    assertThat(trace.path("name").asText()).isEqualTo("a");
    assertThat(trace.path("input")).isEqualTo(parse("{\"q\":1}"));
    assertThat(trace.path("output").asText()).isEqualTo("x");
    assertThat(trace.path("metadata")).isEqualTo(parse("{\"a\":{\"b\":1,\"c\":2}}"));
    assertThat(trace.path("environment").asText()).isEqualTo("prod");
    assertThat(trace.path("tags").toString()).isEqualTo("[\"a\",\"z\"]");
    assertThat(trace.path("public").asBoolean()).isTrue();
  }

  @Test
  void datasetRunItems_areRefused() {
    JsonNode answer = ingest(event("dataset-run-item-create", "{'id':'x'}"));

    assertThat(answer.path("successes")).isEmpty();
    assertThat(answer.path("errors").get(0).path("status").asInt()).isEqualTo(400);
  }

  @Test
  void sdkLog_withoutALog_isRefused() {
    JsonNode answer = ingest(event("sdk-log", "{}"), event("sdk-log", "{'log':null}"));

    assertThat(answer.path("successes")).hasSize(1);
    assertThat(answer.path("errors")).hasSize(1);
  }
}
