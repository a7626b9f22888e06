package io.langfuse4j;

import static io.langfuse4j.ObservationType.GENERATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.testing.OtlpSink.Answer;
import io.langfuse4j.testing.OtlpSink.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of scores, as the server sees it. */
class ScoresTest extends ClientTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRACE = "0123456789abcdef0123456789abcdef";

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Request> ingestions() {
    return sink.requests().stream()
        .filter(request -> request.path().equals("/api/public/ingestion"))
        .toList();
  }

  private List<JsonNode> events() {
    List<JsonNode> events = new ArrayList<>();
    ingestions().forEach(request -> json(request.body()).path("batch").forEach(events::add));
    return events;
  }

  private List<String> names() {
    return events().stream().map(event -> event.at("/body/name").asText()).toList();
  }

  private JsonNode onlyBody() {
    flush();
    assertThat(events()).hasSize(1);
    return events().get(0).path("body");
  }

  private static Answer answer(String json) {
    return new Answer(207, Map.of(), json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void scoreOfObservation_isAnIngestionEvent() {
    LangfuseGeneration generation = langfuse.startObservation("ask", GENERATION);
    generation.score(
        s ->
            s.name("quality")
                .value(0.9)
                .comment("fine")
                .metadata(Map.of("by", "me"))
                .configId("c-1")
                .id("s-1")
                .environment("dev")
                .timestamp(Instant.parse("2026-11-21T10:00:00Z")));
    generation.end();
    flush();

    JsonNode event = events().get(0);
    assertThat(event.path("id").asText()).matches("[0-9a-f]{32}");
    assertThat(event.path("type").asText()).isEqualTo("score-create");
    assertThat(event.path("timestamp").asText()).isEqualTo("2026-11-21T10:00:00Z");
    assertThat(event.path("body").toString())
        .isEqualTo(
            """
            {"id":"s-1","traceId":"%s","observationId":"%s","name":"quality",\
            "environment":"dev","value":0.9,"comment":"fine","metadata":{"by":"me"},\
            "dataType":"NUMERIC","configId":"c-1"}"""
                .formatted(generation.traceId(), generation.id()));
    Request request = ingestions().get(0);
    assertThat(request.headers())
        .containsEntry("authorization", "Basic cGs6c2s=")
        .containsEntry("content-type", "application/json")
        .containsEntry("x-langfuse-sdk-name", "java");
    assertThat(json(request.body()).at("/metadata/batch_size").asInt()).isOne();
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(score(s -> s.value(2)), "{\"value\":2.0,\"dataType\":\"NUMERIC\"}"),
        Arguments.of(score(s -> s.value(true)), "{\"value\":1.0,\"dataType\":\"BOOLEAN\"}"),
        Arguments.of(score(s -> s.value(false)), "{\"value\":0.0,\"dataType\":\"BOOLEAN\"}"),
        Arguments.of(score(s -> s.value("a")), "{\"value\":\"a\",\"dataType\":\"CATEGORICAL\"}"),
        Arguments.of(score(s -> s.text("b")), "{\"value\":\"b\",\"dataType\":\"TEXT\"}"),
        Arguments.of(
            score(s -> s.correction("c")), "{\"value\":\"c\",\"dataType\":\"CORRECTION\"}"));
  }

  private static Consumer<Score> score(Consumer<Score> score) {
    return score;
  }

  @ParameterizedTest
  @MethodSource("values")
  void value_ofEachKind_hasItsDataType(Consumer<Score> value, String expected) {
    langfuse.score(s -> value.accept(s.sessionId("s").name("n").id("i")));

    JsonNode body = onlyBody();
    assertThat(body.toString())
        .isEqualTo("{\"id\":\"i\",\"sessionId\":\"s\",\"name\":\"n\"," + expected.substring(1));
  }

  @Test
  void id_notGiven_is16HexCharacters() {
    langfuse.score(s -> s.datasetRunId("r").name("n").value(1));

    assertThat(onlyBody().path("id").asText()).matches("[0-9a-f]{16}");
  }

  @Test
  void scoreCurrent_goesToObservationAndTrace() {
    langfuse.run(
        "root",
        span -> {
          langfuse.scoreCurrentObservation("quality", 0.5);
          langfuse.scoreCurrentTrace("thumbs", true);
          span.scoreTrace("mood", "good");
        });
    flush();

    String trace = sink.span("root").traceId();
    assertThat(events())
        .extracting(
            event -> event.at("/body/name").asText(),
            event -> event.at("/body/traceId").asText(),
            event -> event.at("/body").has("observationId"))
        .containsExactly(
            tuple("quality", trace, true),
            tuple("thumbs", trace, false),
            tuple("mood", trace, false));
  }

  @Test
  void scoreCurrent_withoutObservation_doesNothing() {
    langfuse.scoreCurrentTrace("thumbs", true);
    flush();

    assertThat(ingestions()).isEmpty();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(score(s -> s.traceId("t").value(1)), "its name is null"),
        Arguments.of(score(s -> s.traceId("t").name(" ").value(1)), "its name is ' '"),
        Arguments.of(score(s -> s.traceId("t").name("n")), "it has no value"),
        Arguments.of(score(s -> s.traceId("t").name("n").value(Double.NaN)), "value is NaN"),
        Arguments.of(
            score(s -> s.traceId("t").name("n").value(Double.NEGATIVE_INFINITY)),
            "value is -Infinity"),
        Arguments.of(score(s -> s.traceId("t").name("n").value("")), "value is empty"),
        Arguments.of(score(s -> s.name("n").value(1)), "expected exactly one of traceId"),
        Arguments.of(
            score(s -> s.traceId("t").sessionId("u").name("n").value(1)),
            "trace 't', observation null, session 'u'"),
        Arguments.of(
            score(s -> s.observationId("o").sessionId("u").name("n").value(1)),
            "observation 'o', session 'u'"),
        Arguments.of(
            score(s -> s.traceId("t").name("n").text("x".repeat(501))), "its text has 501"),
        Arguments.of(
            score(s -> s.traceId("t").name("n").correction("x").configId("c")), "correction"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistake_isRefusedAtTheCall(Consumer<Score> mistake, String given) {
    Langfuse off = client(settings -> settings.tracingEnabled(false));

    for (Langfuse client : List.of(langfuse, off)) {
      assertThatThrownBy(() -> client.score(mistake))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(given)
          .hasMessageContaining("expected")
          .hasMessageContaining("; ");
    }
    flush();
    assertThat(ingestions()).isEmpty();
  }

  @Test
  void observationOfDisabledClient_isScoredIntoNothing() {
    Langfuse off = client(settings -> settings.tracingEnabled(false));

    off.run("root", span -> span.score("quality", 1).scoreTrace("thumbs", true));
    off.score(s -> s.sessionId("s").name("n").value(1));

    assertThat(off.flush()).isTrue();
    assertThat(sink.requests()).isEmpty();
    assertThat(off.stats().scoresQueued()).isZero();
  }

  @Test
  void sampling_keepsScoresWithTheirTraces() {
    Langfuse half = client(settings -> settings.sampleRate(0.5));
    for (int i = 0; i < 40; i++) {
      String trace = Langfuse.createTraceId("trace-" + i);
      half.run("root-" + trace, o -> o.parent(TraceContext.of(trace)), span -> span.score("a", 1));
      half.score(s -> s.traceId(trace).name("b").value(1));
    }
    half.score(s -> s.sessionId("s").name("session").value(1));
    half.score(s -> s.datasetRunId("r").name("run").value(1));
    half.score(s -> s.traceId("not-hexadecimal").name("foreign").value(1));
    assertThat(half.flush()).isTrue();

    List<String> traces = sink.spans().stream().map(span -> span.traceId()).sorted().toList();
    assertThat(traces.size()).isBetween(5, 35);
    for (String name : List.of("a", "b")) {
      assertThat(
              events().stream()
                  .filter(event -> event.at("/body/name").asText().equals(name))
                  .map(event -> event.at("/body/traceId").asText())
                  .sorted())
          .isEqualTo(traces);
    }
    assertThat(names()).contains("session", "run", "foreign");
  }

  @Test
  void environment_isTheClients() {
    Langfuse staging = client(settings -> settings.environment("staging"));
    staging.score(s -> s.sessionId("s").name("n").value(1));
    staging.flush();

    assertThat(events().get(0).at("/body/environment").asText()).isEqualTo("staging");
  }

  @Test
  void flush_sendsSpansFirstThenScores() {
    langfuse.run("root", span -> span.score("quality", 1));
    flush();

    assertThat(sink.requests())
        .extracting(Request::path)
        .containsExactly("/api/public/otel/v1/traces", "/api/public/ingestion");
    assertThat(langfuse.stats().scoresSent()).isOne();
    assertThat(langfuse.stats().toString()).contains("scores: sent 1, queued 0, dropped 0");
  }

  @Test
  void close_sendsScores() {
    Langfuse closing = client(settings -> {});
    closing.score(s -> s.sessionId("s").name("n").value(1));

    assertThat(closing.close(Duration.ofSeconds(5))).isTrue();
    assertThat(names()).containsExactly("n");
    closing.score(s -> s.sessionId("s").name("late").value(1));
    assertThat(closing.stats().scoresDropped()).isOne();
  }

  @Test
  void partialFailure_retriesOnlyWhatFailedForAWhile() {
    sink.answering(
        number -> {
          if (number > 1) {
            return answer("{\"successes\":[],\"errors\":[]}");
          }
          List<String> ids = events().stream().map(event -> event.path("id").asText()).toList();
          return answer(
              """
              {"successes":[{"id":"%s","status":201}],"errors":[
               {"id":"%s","status":500,"message":"busy"},
               {"id":"%s","status":400,"message":"Invalid request data","error":"no such config"}]}
              """
                  .formatted(ids.get(0), ids.get(1), ids.get(2)));
        });
    for (String name : List.of("taken", "again", "refused")) {
      langfuse.score(s -> s.sessionId("s").name(name).value(1));
    }

    assertThat(langfuse.flush()).isFalse();
    assertThat(names()).containsExactly("taken", "again", "refused", "again");
    LangfuseStats stats = langfuse.stats();
    assertThat(stats.scoresSent()).isEqualTo(2);
    assertThat(stats.scoresRejected()).isOne();
    assertThat(stats.scoresDropped()).isOne();
    assertThat(stats.lastError())
        .isEqualTo(
            "Langfuse refused a score (400): Invalid request data, no such config. It is lost;"
                + " correct the call that made it.");
  }

  @Test
  void unavailableServer_isTriedAgainWithTheSameIds() {
    sink.answering(number -> number == 1 ? Answer.status(503) : Answer.status(200));
    langfuse.score(s -> s.sessionId("s").name("n").value(1));
    flush();

    assertThat(events()).hasSize(2);
    assertThat(events().get(0)).isEqualTo(events().get(1));
    assertThat(langfuse.stats().scoresSent()).isOne();
  }

  @Test
  void refusedKeys_areSaidAndCounted() {
    sink.answering(number -> Answer.status(403));
    langfuse.score(s -> s.sessionId("s").name("n").value(1));

    assertThat(langfuse.flush()).isFalse();
    assertThat(langfuse.stats().scoresRejected()).isOne();
    assertThat(langfuse.stats().lastError()).contains("write scores (403)");
    assertThat(ingestions()).hasSize(1);
  }

  @Test
  void tooLargeBatch_isHalved() {
    sink.answering(
        number -> {
          Request last = ingestions().get(ingestions().size() - 1);
          int size = json(last.body()).path("batch").size();
          return Answer.status(size > 2 ? 413 : 200);
        });
    IntStream.range(0, 6)
        .forEach(i -> langfuse.score(s -> s.sessionId("s").name("n" + i).value(i)));
    flush();

    assertThat(langfuse.stats().scoresSent()).isEqualTo(6);
  }

  @Test
  void queue_isBounded() {
    Langfuse small =
        client(settings -> settings.maxQueueSize(3).flushInterval(Duration.ofHours(1)));
    for (int i = 0; i < 10; i++) {
      small.score(s -> s.sessionId("s").name("n").value(1));
    }
    small.flush();

    assertThat(small.stats().scoresSent() + small.stats().scoresDropped()).isEqualTo(10);
    assertThat(small.stats().scoresDropped()).isPositive();
  }

  @Test
  void mask_seesNameWordsCommentAndMetadata() {
    Langfuse masked =
        client(settings -> settings.mask((key, text) -> text.replace("secret", "***")));
    masked.score(
        s ->
            s.sessionId("s")
                .name("a secret")
                .text("b secret")
                .comment("c secret")
                .metadata(Map.of("d", "secret")));
    masked.flush();

    assertThat(events().get(0).path("body").toString())
        .contains("a ***", "b ***", "c ***", "{\"d\":\"***\"}")
        .doesNotContain("secret");
  }

  @Test
  void noThread_untilTheFirstScore() {
    await().untilAsserted(() -> assertThat(threads()).doesNotContain("langfuse-scores"));
    langfuse.score(s -> s.sessionId("s").name("n").value(1));
    assertThat(threads()).contains("langfuse-scores");
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }
}
