package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.langfuse4j.api.Trace;
import io.langfuse4j.evaluator.EvaluatorInputs;
import io.langfuse4j.evaluator.Evaluators;
import io.langfuse4j.experiment.BatchEvaluation;
import io.langfuse4j.experiment.BatchEvaluationResult;
import io.langfuse4j.testing.RecordedLogs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Evaluating what is there already, against a server that pages and filters by time. */
@Timeout(120)
class BatchEvaluationTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NEWEST = Instant.parse("2026-01-01T10:00:00Z");

  /** Seven traces, two of them of the same moment. */
  private static final List<Map<String, Object>> TRACES =
      IntStream.range(0, 7)
          .mapToObj(
              i ->
                  Map.<String, Object>of(
                      "id",
                      "t" + i,
                      "traceId",
                      "of-t" + i,
                      "timestamp",
                      NEWEST.minusSeconds(i == 3 ? 2 : i).toString(),
                      "startTime",
                      NEWEST.minusSeconds(i == 3 ? 2 : i).toString(),
                      "input",
                      "in " + i,
                      "output",
                      "o".repeat(i + 1),
                      "environment",
                      "prod"))
          .toList();

  private final List<JsonNode> scores = new CopyOnWriteArrayList<>();
  private final List<JsonNode> tags = new CopyOnWriteArrayList<>();
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Langfuse langfuse;
  private volatile boolean refuseTags;
  private volatile int failFromPage = Integer.MAX_VALUE;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
          int status = 200;
          if (exchange.getRequestURI().getPath().endsWith("/ingestion")) {
            JSON.readTree(body)
                .path("batch")
                .forEach(
                    event ->
                        (event.path("type").asText().equals("score-create") ? scores : tags)
                            .add(event.path("body")));
            status = refuseTags && !tags.isEmpty() ? 400 : 200;
          } else {
            Map<String, String> query = queryOf(exchange.getRequestURI());
            queries.add(exchange.getRequestURI().getPath() + " " + query);
            int page = Integer.parseInt(query.get("page"));
            status = page >= failFromPage ? 400 : 200;
            answer = JSON.writeValueAsBytes(page(query, page));
          }
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    langfuse =
        Langfuse.builder()
            .publicKey("pk")
            .secretKey("sk")
            .baseUrl("http://127.0.0.1:" + server.getAddress().getPort())
            .shutdownHook(false)
            .build();
  }

  @AfterEach
  void stop() {
    langfuse.close();
    server.stop(0);
  }

  private static Map<String, String> queryOf(URI uri) {
    Map<String, String> query = new HashMap<>();
    for (String pair : uri.getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private static Map<String, Object> page(Map<String, String> query, int page) throws IOException {
    JsonNode filter = JSON.readTree(query.get("filter"));
    Instant upTo = Instant.parse(filter.get(filter.size() - 1).path("value").asText());
    int limit = Integer.parseInt(query.get("limit"));
    List<Map<String, Object>> found =
        TRACES.stream()
            .filter(t -> !Instant.parse((String) t.get("timestamp")).isAfter(upTo))
            .toList();
    int from = Math.min(found.size(), (page - 1) * limit);
    return Map.of(
        "data",
        found.subList(from, Math.min(found.size(), from + limit)),
        "meta",
        Map.of(
            "page",
            page,
            "totalItems",
            found.size(),
            "totalPages",
            (found.size() + limit - 1) / limit));
  }

  private BatchEvaluation<Trace> lengths() {
    return BatchEvaluation.ofTraces(langfuse)
        .mapper(trace -> EvaluatorInputs.of(trace.input(), trace.output(), null))
        .evaluator("length", e -> e.output().toString().length())
        .pageSize(2);
  }

  @Test
  void traces_areReadNewestFirst_andScored() {
    BatchEvaluationResult result = lengths().metadata(Map.of("run", "r1")).run();

    assertThat(result.completed()).isTrue();
    assertThat(result.hasMoreItems()).isFalse();
    assertThat(result.resumeToken()).isNull();
    assertThat(result)
        .extracting(
            BatchEvaluationResult::itemsFetched,
            BatchEvaluationResult::itemsProcessed,
            BatchEvaluationResult::itemsFailed,
            BatchEvaluationResult::scoresCreated,
            BatchEvaluationResult::evaluationsFailed)
        .containsExactly(7, 7, 0, 7, 0);
    assertThat(scores)
        .extracting(
            s -> s.path("traceId").asText(),
            s -> s.path("value").asInt(),
            s -> s.path("environment").asText(),
            s -> s.at("/metadata/run").asText())
        .contains(tuple("t0", 1, "prod", "r1"), tuple("t6", 7, "prod", "r1"))
        .hasSize(7);
    assertThat(queries).hasSize(4).first().asString().contains("orderBy=timestamp.desc", "limit=2");
    assertThat(result.itemEvaluations()).hasSize(7);
    assertThat(result.duration()).isPositive();
  }

  @Test
  void observations_areScoredWithTheirTrace() {
    BatchEvaluation.ofObservations(langfuse)
        .mapper(o -> EvaluatorInputs.of(o.input(), o.output(), null))
        .evaluator("seen", e -> true)
        .maxItems(1)
        .run();

    assertThat(scores)
        .extracting(s -> s.path("traceId").asText(), s -> s.path("observationId").asText())
        .containsExactly(tuple("of-t0", "t0"));
  }

  @Test
  void maxItems_endsEarly_andSaysWhereToGoOn() {
    BatchEvaluationResult first = lengths().maxItems(3).run();
    assertThat(first.hasMoreItems()).isTrue();
    assertThat(first.completed()).isTrue();
    assertThat(first.itemEvaluations()).containsOnlyKeys("t0", "t1", "t2");

    BatchEvaluationResult second = lengths().resumeFrom(first.resumeToken()).run();

    assertThat(second.itemEvaluations()).containsOnlyKeys("t3", "t4", "t5", "t6");
    assertThat(second.resumeToken()).isNull();
    assertThat(first.resumeToken().itemsProcessed()).isEqualTo(3);
  }

  @Test
  void serverThatFailsInBetween_losesNothingAndRepeatsNothing() {
    failFromPage = 3;
    BatchEvaluationResult first;
    try (RecordedLogs logs = new RecordedLogs()) {
      first = lengths().run();
      assertThat(logs.warnings()).hasSize(1);
    }
    assertThat(first.completed()).isFalse();
    assertThat(first.hasMoreItems()).isTrue();
    assertThat(first.errorSummary()).containsEntry("LangfuseApiException", 1);

    failFromPage = Integer.MAX_VALUE;
    BatchEvaluationResult second = lengths().resumeFrom(first.resumeToken()).run();

    List<String> evaluated = new ArrayList<>(first.itemEvaluations().keySet());
    evaluated.addAll(second.itemEvaluations().keySet());
    assertThat(evaluated)
        .containsExactlyInAnyOrder("t0", "t1", "t2", "t3", "t4", "t5", "t6")
        .doesNotHaveDuplicates();
  }

  @Test
  void maxItemsOfZero_readsNothing() {
    assertThat(lengths().maxItems(0).run().itemsFetched()).isZero();
    assertThat(queries).isEmpty();
  }

  @Test
  void failures_areCountedByEvaluatorAndItem() {
    try (RecordedLogs logs = new RecordedLogs()) {
      BatchEvaluationResult result =
          BatchEvaluation.ofTraces(langfuse)
              .mapper(
                  trace -> {
                    if (trace.id().equals("t1")) {
                      throw new IllegalArgumentException("unmappable");
                    }
                    return EvaluatorInputs.of(trace.input(), trace.output(), null);
                  })
              .evaluator("same", e -> List.of(0.5, true))
              .evaluator(
                  "same",
                  e -> {
                    throw new IllegalStateException("broken");
                  })
              .compositeEvaluator("overall", Evaluators.weighted(Map.of("same", 1.0)))
              .maxConcurrency(3)
              .run();

      assertThat(result.failedItemIds()).containsExactly("t1");
      assertThat(result.itemEvaluations().get("t1")).isEmpty();
      assertThat(result.evaluatorStats())
          .containsExactly(
              new BatchEvaluationResult.EvaluatorStats("same", 6, 6, 0, 12),
              new BatchEvaluationResult.EvaluatorStats("same", 6, 0, 6, 0));
      assertThat(result.evaluationsFailed()).isEqualTo(6);
      assertThat(result.compositeScoresCreated()).isEqualTo(6);
      assertThat(result.scoresCreated()).isEqualTo(18);
      assertThat(result.errorSummary())
          .isEqualTo(Map.of("IllegalArgumentException", 1, "IllegalStateException", 6));
      assertThat(logs.warnings()).hasSize(2);
    }
  }

  @Test
  void filter_isPassedOn_whatIsNoListIsRefused() {
    lengths()
        .filter("[{\"type\":\"string\",\"column\":\"name\",\"operator\":\"=\",\"value\":\"x\"}]")
        .maxItems(1)
        .run();

    assertThat(queries.get(0)).contains("\"column\":\"name\"", "\"column\":\"timestamp\"");
    assertThatThrownBy(() -> lengths().filter("{}")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> lengths().filter("[")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tokenOfTheOtherKind_andMissingParts_areRefused() {
    BatchEvaluationResult first = lengths().maxItems(1).run();

    assertThatThrownBy(
            () -> BatchEvaluation.ofObservations(langfuse).resumeFrom(first.resumeToken()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BatchEvaluation.ofTraces(langfuse).run())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tags_areGivenToEachTraceOnce() {
    BatchEvaluationResult result = lengths().traceTags("judged", "v2", "judged").run();

    assertThat(tags)
        .extracting(tag -> tag.path("id").asText())
        .containsExactly("t0", "t1", "t2", "t3", "t4", "t5", "t6");
    assertThat(tags)
        .allSatisfy(
            tag -> assertThat(tag.path("tags").toString()).isEqualTo("[\"judged\",\"v2\"]"));
    assertThat(scores).hasSize(7);
    assertThat(result.completed()).isTrue();
  }

  @Test
  void tags_thatAreRefused_areCounted_scoresAreNot() {
    refuseTags = true;
    try (RecordedLogs logs = new RecordedLogs()) {
      BatchEvaluationResult result = lengths().maxItems(1).traceTags("judged").run();

      assertThat(result.completed()).isTrue();
      assertThat(result.scoresCreated()).isOne();
      assertThat(result.errorSummary()).containsEntry("LangfuseApiException", 1);
      assertThat(logs.warnings()).first().asString().contains("'tags' failed");
    }
  }

  @Test
  void alsoScoreTraces_givesTheTraceACopyOfEachScore() {
    BatchEvaluation.ofObservations(langfuse)
        .mapper(o -> EvaluatorInputs.of(o.input(), o.output(), null))
        .evaluator("seen", e -> true)
        .alsoScoreTraces()
        .maxItems(1)
        .run();

    assertThat(scores)
        .extracting(s -> s.path("traceId").asText(), s -> s.path("observationId").asText(null))
        .containsExactly(tuple("of-t0", "t0"), tuple("of-t0", null));
  }

  @Test
  void asyncMappersAndEvaluators_areAwaited() {
    BatchEvaluationResult result =
        BatchEvaluation.ofTraces(langfuse)
            .asyncMapper(
                trace ->
                    CompletableFuture.supplyAsync(
                        () -> EvaluatorInputs.of(trace.input(), trace.output(), null)))
            .evaluator("later", e -> CompletableFuture.supplyAsync(() -> 0.5))
            .compositeEvaluator("overall", e -> CompletableFuture.supplyAsync(() -> true))
            .traceFields("core", "io")
            .run();

    assertThat(result.scoresCreated()).isEqualTo(14);
    assertThat(queries.get(0)).contains("fields=core,io");
  }

  @Test
  void asyncMapperThatFails_failsItsItem() {
    try (RecordedLogs logs = new RecordedLogs()) {
      BatchEvaluationResult result =
          BatchEvaluation.ofTraces(langfuse)
              .asyncMapper(
                  trace -> CompletableFuture.failedFuture(new IllegalStateException("gone")))
              .evaluator("never", e -> true)
              .maxItems(2)
              .run();

      assertThat(result.itemsFailed()).isEqualTo(2);
      assertThat(result.errorSummary()).isEqualTo(Map.of("IllegalStateException", 2));
      assertThat(logs.warnings()).hasSize(1);
    }
  }

  @Test
  void evaluators_mayAllFail_andSayNothingOfAnyKind() {
    try (RecordedLogs logs = new RecordedLogs()) {
      BatchEvaluationResult result =
          lengths()
              .compositeEvaluator("overall", e -> 1)
              .mapper(trace -> EvaluatorInputs.of(null, null, null))
              .evaluator("kinds", e -> List.of(1, 0.5, true, "good"))
              .maxItems(1)
              .run();

      assertThat(result.evaluationsFailed()).isOne();
      assertThat(result.itemEvaluations().get("t0"))
          .extracting(evaluation -> evaluation.value())
          .containsExactly(1.0, 0.5, true, "good", 1.0);
      assertThat(logs.warnings()).hasSize(1);
    }
  }

  @Test
  void composite_isNotAskedWithoutEvaluations_itsFailureIsNotCounted() {
    BatchEvaluationResult skipped =
        lengthsThatSayNothing().compositeEvaluator("overall", e -> 1).maxItems(1).run();
    assertThat(skipped.compositeScoresCreated()).isZero();
    assertThat(skipped.itemEvaluations().get("t0")).isEmpty();

    try (RecordedLogs logs = new RecordedLogs()) {
      BatchEvaluationResult failed =
          lengths()
              .compositeEvaluator(
                  "overall",
                  e -> {
                    throw new IllegalStateException("broken");
                  })
              .maxItems(1)
              .run();
      assertThat(failed.evaluationsFailed()).isZero();
      assertThat(failed.scoresCreated()).isOne();
      assertThat(failed.errorSummary()).isEqualTo(Map.of("IllegalStateException", 1));
      assertThat(logs.warnings()).hasSize(1);
    }
  }

  private BatchEvaluation<Trace> lengthsThatSayNothing() {
    return BatchEvaluation.ofTraces(langfuse)
        .mapper(trace -> EvaluatorInputs.of(trace.input(), trace.output(), null))
        .evaluator("nothing", e -> null);
  }
}
