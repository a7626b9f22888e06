package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseStats;
import io.langfuse4j.ObservationType;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores from the SDK to the server and back. */
class ScoresIT {

  @RegisterExtension final SeedServer server = new SeedServer();

  private final String unique = UUID.randomUUID().toString();

  private void flush() {
    Langfuse langfuse = server.langfuse();
    assertThat(langfuse.flush(Duration.ofSeconds(60))).as("%s", langfuse.stats()).isTrue();
  }

  private JsonNode score(String name) {
    JsonNode found = server.api().get("/api/public/v2/scores?name=" + name + unique).path("data");
    assertThat(found).as(name).hasSize(1);
    return found.get(0);
  }

  @Test
  void score_ofEachKindAndTarget_isReadBack() {
    Langfuse langfuse = server.langfuse();
    String[] ids = new String[2];
    langfuse.observe(
        "ask",
        ObservationType.GENERATION,
        generation -> {
          ids[0] = generation.traceId();
          ids[1] = generation.id();
          generation.score(
              s ->
                  s.name("number" + unique)
                      .value(0.25)
                      .comment("a comment")
                      .metadata(Map.of("by", "me")));
          langfuse.scoreCurrentTrace("yes" + unique, true);
          return null;
        });
    langfuse.score(s -> s.sessionId("s-" + unique).name("mood" + unique).value("good"));
    langfuse.score(s -> s.datasetRunId("r-" + unique).name("words" + unique).text("well done"));
    flush();

    JsonNode number = score("number");
    assertThat(number.path("value").asDouble()).isEqualTo(0.25);
    assertThat(number.path("dataType").asText()).isEqualTo("NUMERIC");
    assertThat(number.path("traceId").asText()).isEqualTo(ids[0]);
    assertThat(number.path("observationId").asText()).isEqualTo(ids[1]);
    assertThat(number.path("comment").asText()).isEqualTo("a comment");
    assertThat(number.at("/metadata/by").asText()).isEqualTo("me");
    JsonNode yes = score("yes");
    assertThat(yes.path("stringValue").asText()).isEqualTo("True");
    assertThat(yes.path("observationId").isNull()).isTrue();
    assertThat(score("mood").path("sessionId").asText()).isEqualTo("s-" + unique);
    assertThat(score("words").path("stringValue").asText()).isEqualTo("well done");
    assertThat(score("words").has("value")).isFalse();
    assertThat(server.api().trace(ids[0]).path("scores").findValuesAsText("name"))
        .containsExactlyInAnyOrder("number" + unique, "yes" + unique);
  }

  /** Trap 17. */
  @Test
  void v1_hidesScoresOfSessions() {
    server.langfuse().score(s -> s.sessionId("s").name("hidden" + unique).value(1).id(unique));
    flush();

    assertThat(score("hidden").path("id").asText()).isEqualTo(unique);
    assertThat(server.api().get("/api/public/scores?name=hidden" + unique).path("data")).isEmpty();
  }

  /** Trap 18. */
  @Test
  void eventWithoutBodyId_isTakenButNotStored() {
    HttpResponse<String> response =
        server
            .api()
            .post(
                "/api/public/ingestion",
                """
                {"batch":[{"id":"e","type":"score-create","timestamp":"2026-11-21T10:00:00Z",
                 "body":{"traceId":"t","name":"nobody%s","value":1}}]}\
                """
                    .formatted(unique));

    assertThat(response.statusCode()).isEqualTo(207);
    assertThat(response.body()).contains("\"status\":201");
    assertThat(server.api().get("/api/public/v2/scores?name=nobody" + unique).path("data"))
        .isEmpty();
  }

  @Test
  void scoreTwice_underOneId_isOneScore() {
    Langfuse langfuse = server.langfuse();
    langfuse.score(s -> s.traceId("t-" + unique).name("twice" + unique).value(1).id(unique));
    langfuse.score(s -> s.traceId("t-" + unique).name("twice" + unique).value(2).id(unique));
    flush();

    assertThat(score("twice").path("value").asInt()).isEqualTo(2);
  }

  @Test
  void scoreThatContradictsTheServer_isCountedAndSaid_othersArrive() {
    Langfuse langfuse = server.langfuse();
    langfuse.score(s -> s.sessionId("s").name("bad" + unique).value(1).configId("no-such-config"));
    langfuse.score(s -> s.sessionId("s").name("good" + unique).value(1));

    assertThat(langfuse.flush(Duration.ofSeconds(60))).isFalse();
    LangfuseStats stats = langfuse.stats();
    assertThat(stats.scoresSent()).isOne();
    assertThat(stats.scoresRejected()).isOne();
    assertThat(stats.lastError()).contains("404", "Score config not found");
    assertThat(score("good").path("value").asInt()).isOne();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1.5, 9999.99, 0.123456789})
  void numbers_areKeptAsTheyAre(double value) {
    server.langfuse().score(s -> s.traceId("t-" + unique).name("exact" + unique).value(value));
    flush();

    assertThat(score("exact").path("value").asDouble()).isEqualTo(value);
  }

  @Test
  void timestampEnvironmentAndNestedMetadata_areKept() {
    Instant time = Instant.parse("2025-03-04T05:06:07.089Z");
    Map<String, Object> metadata =
        Map.of(
            "deep",
            Map.of("list", List.of(1, "two", Map.of("x", true))),
            "long",
            "x".repeat(5_000));
    server
        .langfuse()
        .score(
            s ->
                s.traceId("t-" + unique)
                    .name("full" + unique)
                    .value(1)
                    .timestamp(time)
                    .environment("staging")
                    .metadata(metadata));
    flush();

    JsonNode full = score("full");
    assertThat(Instant.parse(full.path("timestamp").asText())).isEqualTo(time);
    assertThat(full.path("environment").asText()).isEqualTo("staging");
    assertThat(full.at("/metadata/deep/list/2/x").asBoolean()).isTrue();
    assertThat(full.at("/metadata/long").asText()).hasSize(5_000);
  }

  @Test
  void configOfTheServer_isReferredTo() {
    String config =
        server
            .langfuse()
            .api()
            .request("POST", "/api/public/score-configs")
            .body(Map.of("name", "rated" + unique, "dataType", "NUMERIC"))
            .send()
            .text("id");
    server
        .langfuse()
        .score(s -> s.traceId("t-" + unique).name("rated" + unique).value(3).configId(config));
    flush();

    assertThat(score("rated").path("configId").asText()).isEqualTo(config);
  }

  @Test
  void nestedObservations_andTheirTrace_areScoredEach() {
    Langfuse langfuse = server.langfuse();
    String trace =
        langfuse.observe(
            "outer",
            outer -> {
              outer.score("outer" + unique, 1);
              langfuse.observe(
                  "middle",
                  middle ->
                      langfuse.observe(
                          "inner",
                          inner -> {
                            langfuse.scoreCurrentObservation("inner" + unique, 2);
                            return inner.scoreTrace("whole" + unique, 3);
                          }));
              return outer.traceId();
            });
    flush();

    assertThat(List.of(score("outer"), score("inner"), score("whole")))
        .allSatisfy(found -> assertThat(found.path("traceId").asText()).isEqualTo(trace));
    assertThat(score("whole").path("observationId").isNull()).isTrue();
    assertThat(score("outer").path("observationId").asText())
        .isNotEqualTo(score("inner").path("observationId").asText());
  }

  @Test
  void concurrentFlushes_loseAndRepeatNothing() throws Exception {
    Langfuse langfuse = server.langfuse();
    List<CompletableFuture<Boolean>> flushes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int value = i;
      langfuse.score(s -> s.traceId("t-" + unique).name("many" + unique).value(value));
      flushes.add(CompletableFuture.supplyAsync(() -> langfuse.flush(Duration.ofSeconds(60))));
    }

    for (CompletableFuture<Boolean> flush : flushes) {
      assertThat(flush.get()).isTrue();
    }
    assertThat(server.api().get("/api/public/v2/scores?name=many" + unique).path("data"))
        .extracting(found -> found.path("value").asInt())
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }
}
