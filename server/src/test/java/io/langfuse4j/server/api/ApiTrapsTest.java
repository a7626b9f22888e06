package io.langfuse4j.server.api;

import static io.langfuse4j.server.OtlpRequest.traceId;
import static io.langfuse4j.server.TestServer.lenient;
import static io.langfuse4j.server.TestServer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traps of Langfuse's contract that lie in the API; those of the mapping are tested there. */
class ApiTrapsTest {
  private static final String API = "/api/public";

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void trap01_ingestAnswersInTheTypeOfTheRequest() {
    HttpResponse<String> json =
        server.send(
            server
                .request(API + "/otel/v1/traces")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(OtlpRequest.root(1, 11, "x").json())));
    HttpResponse<String> protobuf =
        server.post(
            API + "/otel/v1/traces",
            "application/x-protobuf",
            OtlpRequest.root(1, 11, "x").protobuf());

    assertThat(json.statusCode()).isEqualTo(200);
    assertThat(parse(json.body()).isObject()).isTrue();
    assertThat(protobuf.statusCode()).isEqualTo(200);
    assertThat(protobuf.headers().firstValue("content-type")).contains("application/x-protobuf");
    assertThat(protobuf.body()).isEmpty();
  }

  @Test
  void trap04_nameOfAPromptWithoutItsVersion_isRefused() {
    for (String prompt : List.of("'promptName':'p'", "'promptVersion':1")) {
      JsonNode answer =
          server.send(
              207,
              "POST",
              API + "/ingestion",
              "{'batch':[{'id':'e','type':'generation-create','timestamp':'2026-11-21T10:00:00Z',"
                  + "'body':{'id':'g','traceId':'t',"
                  + prompt
                  + "}}]}");

      assertThat(answer.get("successes")).isEmpty();
      assertThat(answer.at("/errors/0/status").asInt()).isEqualTo(400);
    }
    assertThat(server.get(API + "/observations/g").statusCode()).isEqualTo(404);
  }

  @Test
  void trap11_theLaterSpanWinsAndTagsUnite_acrossRequests() {
    server.ingest(
        new OtlpRequest()
            .span(1, 11, null, "root", 0, 1000)
            .attribute("langfuse.user.id", "first")
            .attribute("langfuse.trace.tags", "[\"a\"]"));
    server.ingest(
        new OtlpRequest()
            .span(1, 12, 11, "child", 500, 700)
            .attribute("langfuse.user.id", "second")
            .attribute("langfuse.trace.tags", "[\"b\"]"));

    JsonNode trace = server.json(API + "/traces/" + traceId(1));
    assertThat(trace.get("userId").asText()).isEqualTo("second");
    assertThat(trace.get("tags")).isEqualTo(lenient("['a','b']"));
    assertThat(trace.get("name").asText()).isEqualTo("root");
  }

  @Test
  void trap16_statusesDifferFromTheOpenApiOfLangfuse() {
    assertThat(server.send("DELETE", API + "/scores/none", "").statusCode()).isEqualTo(202);
    HttpResponse<String> media =
        server.send(
            "POST",
            API + "/media",
            "{'traceId':'t','contentType':'image/png','contentLength':1,"
                + "'sha256Hash':'47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=','field':'input'}");
    assertThat(media.statusCode()).isEqualTo(201);
    String mediaId = parse(media.body()).get("mediaId").asText();
    assertThat(
            server
                .send(
                    "PATCH",
                    API + "/media/" + mediaId,
                    "{'uploadedAt':'2026-01-01T00:00:00Z','uploadHttpStatus':200}")
                .statusCode())
        .isEqualTo(200);
    String model =
        server
            .send(
                200,
                "POST",
                API + "/models",
                "{'modelName':'m','matchPattern':'^m$','totalPrice':1}")
            .get("id")
            .asText();
    assertThat(server.send("DELETE", API + "/models/" + model, "").statusCode()).isEqualTo(200);
  }

  @Test
  void trap17_theOldestScoreReadsHideScoresOfSessionsAndRuns() {
    server.send(200, "POST", API + "/scores", "{'id':'a','sessionId':'s','name':'n','value':1}");
    server.send(200, "POST", API + "/scores", "{'id':'b','datasetRunId':'r','name':'n','value':1}");

    assertThat(server.json(API + "/scores").get("data")).isEmpty();
    assertThat(server.get(API + "/scores/a").statusCode()).isEqualTo(404);
    assertThat(server.json(API + "/v2/scores").get("data")).hasSize(2);
    assertThat(server.json(API + "/v2/scores/b").get("datasetRunId").asText()).isEqualTo("r");
  }

  @Test
  void trap18_anEventWhoseBodyHasNoId_isAnsweredAndNotStored() {
    JsonNode answer =
        server.send(
            207,
            "POST",
            API + "/ingestion",
            "{'batch':[{'id':'e','type':'trace-create','timestamp':'2026-11-21T10:00:00Z',"
                + "'body':{'name':'n'}}]}");

    assertThat(answer.get("successes")).isEqualTo(lenient("[{'id':'e','status':201}]"));
    assertThat(server.json(API + "/traces").get("data")).isEmpty();
  }

  @Test
  void trap19_newerObservations_haveContentOnlyIfAskedFor() {
    server.ingest(
        OtlpRequest.root(1, 11, "x")
            .attribute("langfuse.observation.input", "in")
            .attribute("langfuse.observation.output", "out"));

    JsonNode plain = server.json(API + "/v2/observations").at("/data/0");
    assertThat(plain.has("input")).isFalse();
    assertThat(plain.has("output")).isFalse();
    JsonNode asked = server.json(API + "/v2/observations?fields=core,io").at("/data/0");
    assertThat(asked.get("input").asText()).isEqualTo("in");
    assertThat(asked.get("output").asText()).isEqualTo("out");
  }

  @Test
  void unstablePaths_haveErrorsOfTheirOwnShape() {
    HttpResponse<String> response = server.get(API + "/unstable/dashboards");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(parse(response.body()))
        .isEqualTo(
            lenient(
                "{'message':'No endpoint /api/public/unstable/dashboards',"
                    + "'code':'resource_not_found'}"));
  }

  @Test
  void singleEvents_areTakenAsTheFirstClientsSentThem() {
    String trace =
        server.send(200, "POST", API + "/traces", "{'name':'t','userId':'u'}").get("id").asText();
    String span =
        server
            .send(
                200,
                "POST",
                API + "/spans",
                "{'traceId':'" + trace + "','name':'s','startTime':'2026-11-21T10:00:00Z'}")
            .get("id")
            .asText();
    server.send(
        200,
        "PATCH",
        API + "/spans",
        "{'spanId':'" + span + "','endTime':'2026-11-21T10:00:02Z','output':'done'}");
    String generation =
        server
            .send(
                200,
                "POST",
                API + "/generations",
                "{'traceId':'%s','parentObservationId':'%s','name':'g','prompt':'?','completion':'!','model':'gpt-4o','usage':{'input':10,'output':5}}"
                    .formatted(trace, span))
            .get("id")
            .asText();
    server.send(
        200,
        "PATCH",
        API + "/generations",
        "{'generationId':'" + generation + "','level':'WARNING'}");
    server.send(
        200, "POST", API + "/events", "{'id':'event','traceId':'" + trace + "','name':'e'}");

    JsonNode read = server.json(API + "/traces/" + trace);
    assertThat(read.get("userId").asText()).isEqualTo("u");
    List<String> shown = new ArrayList<>();
    for (JsonNode observation : read.get("observations")) {
      shown.add(observation.get("type").asText() + " " + observation.get("name").asText());
    }
    assertThat(shown).containsExactlyInAnyOrder("SPAN s", "GENERATION g", "EVENT e");
    JsonNode kept = server.json(API + "/observations/" + generation);
    assertThat(kept.get("input").asText()).isEqualTo("?");
    assertThat(kept.get("output").asText()).isEqualTo("!");
    assertThat(kept.get("level").asText()).isEqualTo("WARNING");
    assertThat(server.json(API + "/observations/" + span).get("latency").asDouble()).isEqualTo(2);
    assertThat(server.send("PATCH", API + "/spans", "{'output':1}").statusCode()).isEqualTo(400);
    assertThat(server.send("POST", API + "/spans", "{'level':'LOUD'}").statusCode()).isEqualTo(400);
    assertThat(server.send("POST", API + "/events", "[]").statusCode()).isEqualTo(400);
  }
}
