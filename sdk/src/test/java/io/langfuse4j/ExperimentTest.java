package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.dataset.Dataset;
import io.langfuse4j.dataset.DatasetItem;
import io.langfuse4j.evaluator.Evaluation;
import io.langfuse4j.evaluator.Evaluator;
import io.langfuse4j.evaluator.Evaluators;
import io.langfuse4j.evaluator.LlmJudge;
import io.langfuse4j.experiment.EarlierRun;
import io.langfuse4j.experiment.ExperimentComparison;
import io.langfuse4j.experiment.ExperimentPlan;
import io.langfuse4j.experiment.ExperimentResult;
import io.langfuse4j.experiment.ItemResult;
import io.langfuse4j.experiment.RegressionException;
import io.langfuse4j.experiment.RunnerContext;
import io.langfuse4j.testing.OtlpSink.Answer;
import io.langfuse4j.testing.OtlpSink.Request;
import io.langfuse4j.testing.RecordedLogs;
import io.langfuse4j.testing.RecordedSpan;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Experiments: what they return, and what the server gets to see of them. */
@Timeout(120)
class ExperimentTest extends ClientTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<DatasetItem<String, String>> CAPITALS =
      List.of(
          DatasetItem.of("France", "Paris").withMetadata(Map.of("level", "easy", "n", 1)),
          DatasetItem.of("Peru", "Lima"));

  private static String answer(DatasetItem<String, String> item) {
    return item.input().equals("France") ? "Paris" : "Cusco";
  }

  private ExperimentPlan<String, String, String> capitals() {
    return langfuse
        .experiment("capitals")
        .data(CAPITALS)
        .task(ExperimentTest::answer)
        .runName("run-1")
        .evaluator("correct", e -> e.output().equals(e.expectedOutput()));
  }

  private static List<Map<String, Object>> bodies(List<Request> requests) {
    return requests.stream().map(request -> read(request.body())).toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> read(byte[] body) {
    try {
      return JSON.readValue(body, Map.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Request> requestsTo(String path) {
    return sink.requests().stream().filter(request -> request.path().equals(path)).toList();
  }

  private List<JsonNode> scores() {
    List<JsonNode> scores = new ArrayList<>();
    for (Request request : requestsTo("/api/public/ingestion")) {
      JSON.<JsonNode>valueToTree(read(request.body()))
          .path("batch")
          .forEach(event -> scores.add(event.path("body")));
    }
    return scores;
  }

  private List<RecordedSpan> spans(String name) {
    return sink.spans().stream().filter(span -> span.name().equals(name)).toList();
  }

  private RecordedSpan of(String traceId, String name) {
    return spans(name).stream().filter(s -> s.traceId().equals(traceId)).findFirst().orElseThrow();
  }

  @Test
  void items_haveTheTreeOfThePythonSdk() {
    ExperimentResult<String, String, String> result =
        langfuse
            .experiment("capitals")
            .data(CAPITALS.subList(0, 1))
            .task(item -> langfuse.observe("model", ObservationType.GENERATION, g -> answer(item)))
            .runName("run-1")
            .description("a try")
            .metadata(Map.of("model", "m", "level", "run wins"))
            .evaluator("correct", e -> e.output().equals(e.expectedOutput()))
            .evaluator("length", e -> Evaluation.of("length", 5).comment("short"))
            .compositeEvaluator("overall", Evaluators.weighted(Map.of("correct", 1.0)))
            .run();

    String trace = result.items().get(0).traceId();
    RecordedSpan root = of(trace, "experiment-item-run");
    RecordedSpan task = of(trace, "experiment-item-task");
    RecordedSpan evaluation = of(trace, "experiment-item-evaluation");
    RecordedSpan correct = of(trace, "correct");
    assertThat(sink.spans()).hasSize(7);
    assertThat(root.isRoot()).isTrue();
    assertThat(task.parentSpanId()).isEqualTo(root.spanId());
    assertThat(of(trace, "model").parentSpanId()).isEqualTo(task.spanId());
    assertThat(evaluation.parentSpanId()).isEqualTo(root.spanId());
    assertThat(evaluation.startNanos()).isGreaterThanOrEqualTo(task.endNanos());
    for (String name : List.of("correct", "length", "overall")) {
      assertThat(of(trace, name).parentSpanId()).isEqualTo(evaluation.spanId());
      assertThat(of(trace, name).type()).isEqualTo("evaluator");
    }

    Map<String, Object> shared =
        Map.of(
            "langfuse.experiment.id", result.experimentId(),
            "langfuse.experiment.name", "run-1",
            "langfuse.experiment.item.id", result.items().get(0).itemId(),
            "langfuse.experiment.item.root_observation_id", task.spanId(),
            "langfuse.experiment.metadata.model", "m",
            "langfuse.experiment.item.metadata.level", "easy",
            "langfuse.experiment.item.metadata.n", "1",
            "langfuse.environment", "sdk-experiment");
    assertThat(sink.spans())
        .allSatisfy(span -> assertThat(span.attributes()).containsAllEntriesOf(shared));
    assertThat(result.experimentId()).matches("[0-9a-f]{16}");
    assertThat(result.items().get(0).itemId()).matches("[0-9a-f]{16}");

    for (RecordedSpan span : List.of(root, task)) {
      assertThat(span.attributes())
          .containsEntry("langfuse.experiment.description", "a try")
          .containsEntry("langfuse.experiment.item.expected_output", "Paris")
          .containsEntry("langfuse.observation.input", "France")
          .containsEntry("langfuse.observation.output", "Paris")
          .containsEntry("langfuse.observation.metadata.level", "run wins")
          .containsEntry("langfuse.observation.metadata.n", 1L)
          .containsEntry("langfuse.observation.metadata.experiment_name", "capitals")
          .containsEntry("langfuse.observation.metadata.experiment_run_name", "run-1");
    }
    assertThat(of(trace, "model").attributes())
        .doesNotContainKeys(
            "langfuse.experiment.description", "langfuse.experiment.item.expected_output");
    assertThat(correct.observation("input"))
        .asString()
        .contains("\"input\":\"France\"", "\"expected_output\":\"Paris\"", "\"output\":\"Paris\"");
    assertThat(correct.observation("output")).isEqualTo("[{\"name\":\"correct\",\"value\":true}]");
    assertThat(correct.observation("metadata.evaluator_kind")).isEqualTo("item");
    assertThat(correct.observation("metadata.evaluator_index")).isEqualTo(0L);
    assertThat(of(trace, "overall").observation("metadata.evaluator_kind")).isEqualTo("composite");
    assertThat(of(trace, "overall").observation("input")).asString().contains("\"evaluations\":[");
    assertThat(evaluation.observation("output"))
        .isEqualTo(
            "{\"evaluator_count\":3,\"evaluation_count\":3,\"failed_evaluator_count\":0,"
                + "\"skipped_evaluator_count\":0}");
  }

  @Test
  void observationsInsideTheTask_areOfTheExperiment_atAnyDepth_alsoIfItThrows() {
    ExperimentResult<String, String, String> result =
        langfuse
            .experiment("deep")
            .data(CAPITALS)
            .task(
                item ->
                    langfuse.observe(
                        "one",
                        one ->
                            langfuse.observe(
                                "two",
                                two ->
                                    langfuse.observe(
                                        "three",
                                        three -> {
                                          if (item.input().equals("Peru")) {
                                            throw new IllegalStateException("no map");
                                          }
                                          return "Paris";
                                        }))))
            .metadata(Map.of("note", "plain", "nested", Map.of("a", List.of(1, "b"))))
            .run();

    assertThat(result.failedItems()).hasSize(1);
    for (ItemResult<String, String, String> item : result.items()) {
      for (String name : List.of("one", "two", "three")) {
        assertThat(of(item.traceId(), name).attributes())
            .containsEntry("langfuse.experiment.id", result.experimentId())
            .containsEntry("langfuse.experiment.item.id", item.itemId())
            .containsEntry("langfuse.experiment.metadata.note", "plain")
            .containsEntry("langfuse.experiment.metadata.nested.a", "[1,\"b\"]")
            .containsEntry("langfuse.environment", "sdk-experiment")
            .doesNotContainKey("langfuse.experiment.dataset.id");
      }
    }
  }

  @Test
  void evaluations_becomeScoresOfTheTask() {
    ExperimentResult<String, String, String> result =
        capitals()
            .evaluator(
                "words",
                e ->
                    Evaluation.of("words", "one")
                        .comment("c")
                        .configId("conf")
                        .metadata(Map.of("k", 1)))
            .run();

    assertThat(result.isDelivered()).isTrue();
    ItemResult<String, String, String> first = result.items().get(0);
    RecordedSpan task = of(first.traceId(), "experiment-item-task");
    assertThat(first.observationId()).isEqualTo(task.spanId());
    assertThat(scores())
        .hasSize(4)
        .filteredOn(score -> score.path("traceId").asText().equals(first.traceId()))
        .extracting(
            score -> score.path("observationId").asText(),
            score -> score.path("name").asText(),
            score -> score.path("value").asText(),
            score -> score.path("dataType").asText(),
            score -> score.path("environment").asText(),
            score -> score.path("comment").asText(),
            score -> score.path("configId").asText(),
            score -> score.at("/metadata/k").asText())
        .containsExactly(
            tuple(task.spanId(), "correct", "1.0", "BOOLEAN", "sdk-experiment", "", "", ""),
            tuple(
                task.spanId(), "words", "one", "CATEGORICAL", "sdk-experiment", "c", "conf", "1"));
  }

  @Test
  void localItems_shareTheExperiment_andDifferInTheirIds() {
    ExperimentResult<String, String, String> result = capitals().run();

    assertThat(result.items()).extracting(ItemResult::itemId).doesNotHaveDuplicates();
    assertThat(spans("experiment-item-task"))
        .extracting(span -> span.attributes().get("langfuse.experiment.id"))
        .containsOnly(result.experimentId());
    assertThat(result.datasetRunId()).isNull();
    assertThat(result.datasetRunUrl()).isNull();
    assertThat(requestsTo("/api/public/dataset-run-items")).isEmpty();
    assertThat(capitals().run().items().get(0).itemId()).isEqualTo(result.items().get(0).itemId());
  }

  private Dataset<String, String> storedDataset() {
    sink.answeringRequests(
        request -> {
          String json =
              switch (request.path()) {
                case "/api/public/v2/datasets/capitals" -> "{\"id\":\"d-1\",\"name\":\"capitals\"}";
                case "/api/public/dataset-items" ->
                    """
                    {"data":[{"id":"i-1","datasetId":"d-1","input":"France","expectedOutput":"Paris"},
                     {"id":"i-2","datasetId":"d-1","input":"Peru","expectedOutput":"Lima"}],
                     "meta":{"page":1,"totalPages":1}}\
                    """;
                case "/api/public/dataset-run-items" ->
                    "{\"id\":\"x\",\"datasetRunId\":\"run-id-7\"}";
                default -> "{}";
              };
          return new Answer(
              200,
              Map.of("Content-Type", "application/json"),
              json.getBytes(StandardCharsets.UTF_8));
        });
    return langfuse
        .datasets()
        .get("capitals", Instant.parse("2026-11-21T10:00:00Z"))
        .as(String.class, String.class);
  }

  @Test
  void storedItems_areLinkedToTheTaskBeforeItRuns() {
    List<Integer> linkedBefore = new CopyOnWriteArrayList<>();
    ExperimentResult<String, String, String> result =
        langfuse
            .experiment("capitals")
            .data(storedDataset())
            .task(
                item -> {
                  linkedBefore.add(requestsTo("/api/public/dataset-run-items").size());
                  return answer(item);
                })
            .runName("run-1")
            .description("d")
            .metadata(Map.of("m", 1))
            .maxConcurrency(1)
            .runEvaluator("accuracy", items -> 0.5)
            .run();

    assertThat(linkedBefore).containsExactly(1, 2);
    assertThat(bodies(requestsTo("/api/public/dataset-run-items")).get(0))
        .isEqualTo(
            Map.of(
                "runName", "run-1",
                "runDescription", "d",
                "metadata", Map.of("m", 1),
                "datasetItemId", "i-1",
                "traceId", result.items().get(0).traceId(),
                "observationId", result.items().get(0).observationId(),
                "datasetVersion", "2026-11-21T10:00:00Z"));
    assertThat(result.experimentId()).isEqualTo("run-id-7");
    assertThat(result.datasetRunId()).isEqualTo("run-id-7");
    assertThat(result.items()).extracting(ItemResult::datasetRunId).containsOnly("run-id-7");
    assertThat(result.datasetRunUrl())
        .isEqualTo(sink.url() + "/project/project-1/datasets/d-1/runs/run-id-7");
    assertThat(of(result.items().get(0).traceId(), "experiment-item-task").attributes())
        .containsEntry("langfuse.experiment.id", "run-id-7")
        .containsEntry("langfuse.experiment.dataset.id", "d-1")
        .containsEntry("langfuse.experiment.item.id", "i-1")
        .containsEntry("langfuse.observation.metadata.dataset_id", "d-1")
        .containsEntry("langfuse.observation.metadata.dataset_item_id", "i-1");
    assertThat(scores())
        .extracting(
            score -> score.path("datasetRunId").asText(), score -> score.path("name").asText())
        .containsExactly(tuple("run-id-7", "accuracy"));
  }

  @Test
  void serverThatDoesNotLink_isSaidOnce_andTheExperimentGoesOn() {
    Dataset<String, String> dataset = storedDataset();
    sink.answeringRequests(
        request ->
            request.path().equals("/api/public/dataset-run-items")
                ? Answer.status(400)
                : Answer.status(200));
    try (RecordedLogs logs = new RecordedLogs()) {
      ExperimentResult<String, String, String> result =
          langfuse.experiment("c").data(dataset).task(ExperimentTest::answer).run();

      assertThat(result.items()).extracting(ItemResult::output).containsExactly("Paris", "Cusco");
      assertThat(result.datasetRunId()).isNull();
      assertThat(logs.warnings())
          .filteredOn(line -> line.contains("could not be linked"))
          .hasSize(1);
    }
  }

  @Test
  void failedTask_staysInTheResult_withItsErrorOnBothSpans() {
    IllegalStateException boom = new IllegalStateException("boom");
    ExperimentResult<String, String, String> result =
        langfuse
            .experiment("capitals")
            .data(CAPITALS)
            .<String>task(
                item -> {
                  if (item.input().equals("Peru")) {
                    throw boom;
                  }
                  return "Paris";
                })
            .evaluator("correct", e -> true)
            .run();

    ItemResult<String, String, String> failed = result.items().get(1);
    assertThat(failed.error()).isSameAs(boom);
    assertThat(failed.output()).isNull();
    assertThat(failed.evaluations()).isEmpty();
    assertThat(result.failedItems()).containsExactly(failed);
    for (String name : List.of("experiment-item-run", "experiment-item-task")) {
      RecordedSpan span = of(failed.traceId(), name);
      assertThat(span.observation("output")).isEqualTo("Error: boom");
      assertThat(span.observation("level")).isEqualTo("ERROR");
      assertThat(span.observation("status_message")).isEqualTo("boom");
      assertThat(span.attributes())
          .containsEntry("langfuse.experiment.name", result.runName())
          .containsKey("langfuse.experiment.item.root_observation_id");
    }
    assertThat(sink.spans())
        .filteredOn(span -> span.traceId().equals(failed.traceId()))
        .extracting(RecordedSpan::name)
        .containsExactlyInAnyOrder("experiment-item-run", "experiment-item-task");
  }

  @Test
  void allTasksFail_runEvaluatorsSeeThemAll() {
    ExperimentResult<String, String, String> result =
        langfuse
            .experiment("capitals")
            .data(CAPITALS)
            .<String>task(
                item -> {
                  throw new IOException("down");
                })
            .runEvaluator("failures", items -> items.stream().filter(ItemResult::isFailed).count())
            .run();

    assertThat(result.failedItems()).hasSize(2);
    assertThat(result.runValue("failures")).hasValue(2);
    assertThat(result.format()).contains("2 items, 2 failed");
  }

  @Test
  void failedEvaluator_isMarked_othersCount() {
    try (RecordedLogs logs = new RecordedLogs()) {
      ExperimentResult<String, String, String> result =
          capitals()
              .evaluator(
                  "broken",
                  e -> {
                    throw new IllegalStateException("no judge");
                  })
              .run();

      ItemResult<String, String, String> item = result.items().get(0);
      assertThat(item.evaluations()).containsExactly(Evaluation.of("correct", true));
      assertThat(item.evaluatorErrors()).containsOnlyKeys("broken");
      RecordedSpan broken = of(item.traceId(), "broken");
      assertThat(broken.observation("level")).isEqualTo("ERROR");
      assertThat(broken.observation("output")).isEqualTo("{\"error\":\"no judge\"}");
      assertThat(of(item.traceId(), "experiment-item-evaluation").observation("output"))
          .isEqualTo(
              "{\"evaluator_count\":2,\"evaluation_count\":1,\"failed_evaluator_count\":1,"
                  + "\"skipped_evaluator_count\":0}");
      assertThat(logs.warnings()).hasSize(1);
    }
  }

  @Test
  void compositeEvaluator_withoutEvaluations_isCountedAsSkipped() {
    AtomicInteger asked = new AtomicInteger();
    ExperimentResult<String, String, String> result =
        langfuse
            .experiment("capitals")
            .data(CAPITALS.subList(0, 1))
            .task(ExperimentTest::answer)
            .evaluator("silent", e -> null)
            .compositeEvaluator("overall", e -> asked.incrementAndGet())
            .run();

    assertThat(asked).hasValue(0);
    assertThat(
            of(result.items().get(0).traceId(), "experiment-item-evaluation").observation("output"))
        .isEqualTo(
            "{\"evaluator_count\":2,\"evaluation_count\":0,\"failed_evaluator_count\":0,"
                + "\"skipped_evaluator_count\":1}");
  }

  @Test
  void runEvaluatorThatFails_isLeftOut() {
    try (RecordedLogs logs = new RecordedLogs()) {
      ExperimentResult<String, String, String> result =
          capitals()
              .runEvaluator(
                  "bad",
                  items -> {
                    throw new IllegalStateException("x");
                  })
              .runEvaluator("good", items -> CompletableFuture.supplyAsync(() -> "fine"))
              .run();

      assertThat(result.runEvaluations()).containsExactly(Evaluation.of("good", "fine"));
      assertThat(logs.warnings()).hasSize(1);
    }
  }

  @Test
  void emptyData_stillAsksRunEvaluators() {
    ExperimentResult<String, String, String> result =
        langfuse
            .experiment("none")
            .data(List.<DatasetItem<String, String>>of())
            .task(ExperimentTest::answer)
            .runEvaluator("count", List::size)
            .run();

    assertThat(result.items()).isEmpty();
    assertThat(result.runValue("count")).hasValue(0);
    assertThat(result.format()).isEqualTo("No experiment results to display.");
  }

  @Test
  void itemsWithoutInputOrExpectedOutput_work() {
    ExperimentResult<String, Object, String> result =
        langfuse
            .experiment("x")
            .data(List.of(DatasetItem.of((String) null), DatasetItem.of("a")))
            .task(item -> "out " + item.input())
            .evaluator(Evaluators.exactMatch())
            .run();

    assertThat(result.items()).extracting(ItemResult::output).containsExactly("out null", "out a");
    assertThat(result.items()).allMatch(item -> item.evaluations().isEmpty());
  }

  @Test
  void syncTasks_runAtTheSameTime_notMoreThanAllowed() {
    CyclicBarrier four = new CyclicBarrier(4);
    AtomicInteger active = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExperimentResult<Integer, Object, Integer> result =
        langfuse
            .experiment("parallel")
            .data(IntStream.range(0, 12).boxed().toList(), DatasetItem::of)
            .task(
                item -> {
                  most.accumulateAndGet(active.incrementAndGet(), Math::max);
                  four.await(20, TimeUnit.SECONDS);
                  active.decrementAndGet();
                  return item.input();
                })
            .maxConcurrency(4)
            .run();

    assertThat(most).hasValue(4);
    assertThat(result.items())
        .extracting(ItemResult::output)
        .containsExactlyElementsOf(IntStream.range(0, 12).boxed().toList());
  }

  @Test
  void nextItem_beginsWhenAnyIsDone() {
    CountDownLatch thirdBegan = new CountDownLatch(1);
    ExperimentResult<Integer, Object, Boolean> result =
        langfuse
            .experiment("rolling")
            .data(List.of(0, 1, 2), DatasetItem::of)
            .task(
                item -> {
                  if (item.input() == 2) {
                    thirdBegan.countDown();
                  }
                  return item.input() != 0 || thirdBegan.await(20, TimeUnit.SECONDS);
                })
            .maxConcurrency(2)
            .run();

    assertThat(result.items()).extracting(ItemResult::output).containsOnly(true);
  }

  @Test
  void asyncTasksAndEvaluators_areAwaited_evaluatorsTogether() {
    CompletableFuture<Double> slow = new CompletableFuture<>();
    ExperimentResult<String, String, String> result =
        langfuse
            .experiment("async")
            .data(CAPITALS.subList(0, 1))
            .<String>asyncTask(item -> CompletableFuture.supplyAsync(() -> answer(item)))
            .evaluator("slow", e -> slow)
            .evaluator("fast", e -> slow.complete(0.5) ? 1 : 0)
            .run();

    assertThat(result.items().get(0).evaluations())
        .containsExactly(Evaluation.of("slow", 0.5), Evaluation.of("fast", 1));
  }

  @Test
  void taskThatHangs_failsInTime_alsoIfItIgnoresInterrupts() {
    CountDownLatch end = new CountDownLatch(1);
    ExperimentResult<Integer, Object, Integer> result =
        langfuse
            .experiment("hanging")
            .data(List.of(0, 1, 2), DatasetItem::of)
            .task(
                item -> {
                  if (item.input() == 0) {
                    end.await();
                  }
                  while (item.input() == 1 && end.getCount() > 0) {
                    Thread.onSpinWait();
                  }
                  return item.input();
                })
            .timeout(Duration.ofSeconds(2))
            .run();
    end.countDown();

    assertThat(result.items().get(0).error()).isInstanceOf(TimeoutException.class);
    assertThat(result.items().get(1).error()).isInstanceOf(TimeoutException.class);
    assertThat(result.items().get(2).output()).isEqualTo(2);
  }

  @Test
  void asyncEvaluatorThatHangs_failsInTime() {
    try (RecordedLogs logs = new RecordedLogs()) {
      ExperimentResult<String, String, String> result =
          capitals()
              .evaluator("never", e -> new CompletableFuture<>())
              .timeout(Duration.ofSeconds(2))
              .run();

      assertThat(result.items().get(0).evaluatorErrors().get("never"))
          .isInstanceOf(TimeoutException.class);
      assertThat(logs.warnings()).hasSize(1);
    }
  }

  @Test
  void caller_thatIsInterrupted_getsWhatIsThere() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    List<ExperimentResult<Integer, Object, Integer>> results = new CopyOnWriteArrayList<>();
    Thread caller =
        new Thread(
            () ->
                results.add(
                    langfuse
                        .experiment("interrupted")
                        .data(IntStream.range(0, 100).boxed().toList(), DatasetItem::of)
                        .task(
                            item -> {
                              if (item.input() == 2) {
                                began.countDown();
                                new CountDownLatch(1).await();
                              }
                              return item.input();
                            })
                        .maxConcurrency(1)
                        .run()));
    caller.start();
    began.await();
    caller.interrupt();
    caller.join();

    assertThat(results.get(0).isComplete()).isFalse();
    assertThat(results.get(0).items()).extracting(ItemResult::index).containsExactly(0, 1, 2);
    assertThat(results.get(0).items().get(2).error()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void dataThatFails_throws_afterWhatHadBegun() {
    AtomicInteger done = new AtomicInteger();
    Stream<DatasetItem<Integer, Object>> data =
        IntStream.range(0, 5)
            .mapToObj(
                i -> {
                  if (i == 3) {
                    throw new IllegalStateException("page 2");
                  }
                  return DatasetItem.of(i);
                });

    assertThatThrownBy(
            () -> langfuse.experiment("x").data(data).task(item -> done.incrementAndGet()).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("page 2");
    assertThat(done).hasValue(3);
  }

  @Test
  void largeData_isReadOnlyAsItIsNeeded() {
    AtomicInteger read = new AtomicInteger();
    AtomicInteger furthestAhead = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Langfuse off = client(settings -> settings.tracingEnabled(false));
    ExperimentResult<Integer, Object, Integer> result =
        off.experiment("large")
            .data(
                IntStream.range(0, 100_000)
                    .mapToObj(
                        i -> {
                          read.incrementAndGet();
                          return DatasetItem.of(i);
                        }))
            .task(
                item -> {
                  furthestAhead.accumulateAndGet(read.get() - done.getAndIncrement(), Math::max);
                  return item.input();
                })
            .maxConcurrency(8)
            .run();

    assertThat(result.items()).hasSize(100_000);
    assertThat(furthestAhead.get()).isLessThan(64);
  }

  @Test
  void withoutAServer_everythingWorksButTraces() {
    Langfuse off = client(settings -> settings.tracingEnabled(false));

    ExperimentResult<String, String, String> result =
        off.experiment("offline")
            .data(CAPITALS)
            .task(ExperimentTest::answer)
            .evaluator(Evaluators.exactMatch())
            .runEvaluator(
                "accuracy",
                items ->
                    items.stream()
                        .mapToDouble(i -> i.value("exact_match").orElse(0))
                        .average()
                        .orElse(0))
            .run();

    assertThat(result.mean("exact_match")).hasValue(0.5);
    assertThat(result.runValue("accuracy")).hasValue(0.5);
    assertThat(result.items()).allMatch(item -> item.traceId() == null);
    assertThat(result.isDelivered()).isTrue();
    assertThat(sink.requests()).isEmpty();
  }

  @Test
  void enclosingObservation_becomesTheParent_andItsAttributesApply() {
    langfuse.observe(
        "nightly",
        outer -> {
          Langfuse.propagateAttributes(a -> a.userId("ada").tags("ci")).run(() -> capitals().run());
          return null;
        });
    flush();

    RecordedSpan outer = sink.span("nightly");
    assertThat(spans("experiment-item-run"))
        .extracting(RecordedSpan::parentSpanId)
        .containsOnly(outer.spanId());
    assertThat(spans("experiment-item-task"))
        .extracting(span -> span.attributes().get("user.id"))
        .containsOnly("ada");
    assertThat(outer.attributes()).doesNotContainKey("langfuse.experiment.id");
  }

  @Test
  void concurrentExperiments_doNotMix() {
    CompletableFuture<ExperimentResult<String, String, String>> one =
        CompletableFuture.supplyAsync(() -> capitals().runName("one").run());
    CompletableFuture<ExperimentResult<String, String, String>> two =
        CompletableFuture.supplyAsync(() -> capitals().runName("two").run());

    for (ExperimentResult<String, String, String> result : List.of(one.join(), two.join())) {
      Set<String> traces =
          result.items().stream().map(ItemResult::traceId).collect(Collectors.toSet());
      assertThat(sink.spans())
          .filteredOn(span -> traces.contains(span.traceId()))
          .allSatisfy(
              span ->
                  assertThat(span.attributes())
                      .containsEntry("langfuse.experiment.name", result.runName()));
    }
  }

  @Test
  void metadata_isFlattened_longValuesAreDroppedAlone() {
    capitals()
        .metadata(
            Map.of(
                "model", Map.of("name", "m", "limits", Map.of("tokens", 5)),
                "list", List.of(1, 2),
                "long", "x".repeat(201)))
        .run();

    assertThat(spans("experiment-item-task").get(0).attributes())
        .containsEntry("langfuse.experiment.metadata.model.name", "m")
        .containsEntry("langfuse.experiment.metadata.model.limits.tokens", "5")
        .containsEntry("langfuse.experiment.metadata.list", "[1,2]")
        .doesNotContainKey("langfuse.experiment.metadata.long");
  }

  @Test
  void baggage_leavesOnlyIfAskedFor() {
    List<Baggage> seen = new CopyOnWriteArrayList<>();
    ExperimentPlan<String, String, String> plan =
        langfuse
            .experiment("capitals")
            .data(CAPITALS.subList(0, 1))
            .task(
                item -> {
                  seen.add(Baggage.fromContext(Context.current()));
                  return "x";
                })
            .metadata(Map.of("model", Map.of("name", "m")))
            .runName("run-1");
    plan.run();
    ExperimentResult<String, String, String> result = plan.asBaggage().run();

    assertThat(seen.get(0).isEmpty()).isTrue();
    assertThat(seen.get(1).getEntryValue("langfuse_experiment_id"))
        .isEqualTo(result.experimentId());
    assertThat(seen.get(1).getEntryValue("langfuse_experiment_name")).isEqualTo("run-1");
    assertThat(seen.get(1).getEntryValue("langfuse_experiment_metadata_model.name")).isEqualTo("m");
    assertThat(seen.get(1).getEntryValue("langfuse_experiment_item_metadata_level"))
        .isEqualTo("easy");
    assertThat(seen.get(1).getEntryValue("langfuse_experiment_item_root_observation_id"))
        .isEqualTo(result.items().get(0).observationId());
  }

  @Test
  void incomingBaggageOfAnExperiment_putsObservationsIntoIt() {
    Baggage incoming =
        Baggage.builder()
            .put("langfuse_experiment_id", "e-1")
            .put("langfuse_experiment_metadata_model.name", "m")
            .put("langfuse_experiment_item_root_observation_id", "0123456789abcdef")
            .build();
    try (var ignored = Context.current().with(incoming).makeCurrent()) {
      langfuse.startObservation("served").end();
    }

    assertThat(sent("served").attributes())
        .containsEntry("langfuse.experiment.id", "e-1")
        .containsEntry("langfuse.experiment.metadata.model.name", "m")
        .containsEntry("langfuse.experiment.item.root_observation_id", "0123456789abcdef")
        .containsEntry("langfuse.environment", "sdk-experiment");
  }

  @Test
  void contentThatIsNotCaptured_leavesNowhere() {
    Langfuse quiet = client(settings -> settings.captureContent(false));
    quiet.experiment("q").data(CAPITALS).task(ExperimentTest::answer).run();

    assertThat(sink.spans())
        .isNotEmpty()
        .allSatisfy(
            span -> assertThat(span.attributes().values()).doesNotContain("Paris", "France"));
  }

  @Test
  void judge_isAGenerationBelowItsEvaluator() {
    ExperimentResult<String, String, String> result =
        capitals()
            .evaluator(
                LlmJudge.of(
                        langfuse,
                        "helpful",
                        prompt -> "Sure: {\"reasoning\": \"fine\", \"score\": 4}")
                    .criteria("Is it {{kind}}?")
                    .scale(1, 5)
                    .modelName("judge-1"))
            .run();

    Evaluation said = result.items().get(0).evaluation("helpful");
    assertThat(said).isEqualTo(Evaluation.of("helpful", 4).comment("fine"));
    RecordedSpan generation = of(result.items().get(0).traceId(), "helpful-judge");
    assertThat(generation.type()).isEqualTo("generation");
    assertThat(generation.parentSpanId())
        .isEqualTo(of(result.items().get(0).traceId(), "helpful").spanId());
    assertThat(generation.observation("model.name")).isEqualTo("judge-1");
    assertThat(generation.observation("input"))
        .asString()
        .contains("Is it {{kind}}?", "France", "Paris", "a number from 1 to 5");
  }

  @Test
  void judge_thatLeavesTheRubric_hasFailed() {
    enum Tone {
      KIND,
      RUDE
    }
    try (RecordedLogs logs = new RecordedLogs()) {
      ExperimentResult<String, String, String> result =
          capitals()
              .evaluator(LlmJudge.of(langfuse, "high", p -> "{\"score\": 7}"))
              .evaluator(LlmJudge.of(langfuse, "none", p -> "I like it"))
              .evaluator(
                  LlmJudge.of(langfuse, "tone", p -> "{\"score\": \"KIND\"}")
                      .categories(Tone.class))
              .evaluator(
                  LlmJudge.of(langfuse, "other", p -> "{\"score\": \"ODD\"}")
                      .categories(Tone.class))
              .run();

      assertThat(result.items().get(0).evaluatorErrors()).containsOnlyKeys("high", "none", "other");
      assertThat(result.items().get(0).evaluation("tone")).isEqualTo(Evaluation.of("tone", "KIND"));
      assertThat(logs.warnings()).hasSize(3);
    }
  }

  @Test
  void progress_hearsOfEveryItem_itsFailureDoesNoHarm() {
    List<String> heard = new CopyOnWriteArrayList<>();
    try (RecordedLogs logs = new RecordedLogs()) {
      capitals()
          .maxConcurrency(1)
          .progress(
              (item, done, failed, total) -> {
                heard.add(done + "/" + total + "/" + failed);
                throw new IllegalStateException("terminal");
              })
          .run();

      assertThat(heard).containsExactly("1/2/0", "2/2/0");
      assertThat(logs.warnings()).hasSize(1);
    }
  }

  @Test
  void format_isThatOfTheOtherSdks() {
    ExperimentResult<String, String, String> result =
        capitals()
            .description("a try")
            .runEvaluator("accuracy", items -> Evaluation.of("accuracy", 0.5).comment("half"))
            .run();

    assertThat(result.format())
        .isEqualTo(
            """
            Individual Results: Hidden (2 items)
            💡 Set format(true) to view them

            ──────────────────────────────────────────────────
            🧪 Experiment: capitals
            📋 Run name: run-1 - a try
            2 items
            Evaluations:
              • correct

            Average Scores:
              • correct: 0.500

            Run Evaluations:
              • accuracy: 0.500
                💭 half
            """);
    assertThat(result.format(true))
        .startsWith(
            """

            1. Item 1:
               Input:    France
               Expected: Paris
               Actual:   Paris
               Scores:
                 • correct: true

               Trace ID: %s

            2. Item 2:
            """
                .formatted(result.items().get(0).traceId()));
    assertThat(result.runName()).isEqualTo("run-1");
    assertThat(langfuse.experiment("n").data(CAPITALS).task(i -> 1).run().runName())
        .matches("n - \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  }

  @Test
  void exports_holdEveryItem() throws Exception {
    ExperimentResult<String, String, String> result =
        langfuse
            .experiment("a<b>&\"c\"")
            .data(List.of(DatasetItem.of("x|<\u0001y", "e"), DatasetItem.of("z", "e")))
            .<String>task(
                item -> {
                  if (item.input().equals("z")) {
                    throw new IOException("no & <way>");
                  }
                  return "out";
                })
            .evaluator("score", e -> 0.25)
            .run();

    JsonNode json = JSON.readTree(result.toJson());
    assertThat(json.at("/means/score").asDouble()).isEqualTo(0.25);
    assertThat(json.at("/items/1/error").asText()).contains("no & <way>");
    assertThat(json.at("/items/0/evaluations/0/value").asDouble()).isEqualTo(0.25);
    assertThat(result.toMarkdown()).contains("| 1 | x\\|<", "| 0.250 |", "2 items, 1 failed");
    assertThat(result.toTable().lines().toList())
        .hasSize(4)
        .first()
        .asString()
        .startsWith("#  input");
    var xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(result.toJUnitXml().getBytes(StandardCharsets.UTF_8)));
    assertThat(xml.getDocumentElement().getAttribute("errors")).isEqualTo("1");
    assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(2);
    assertThat(xml.getElementsByTagName("property").item(0).getAttributes().getNamedItem("value"))
        .hasToString("value=\"0.250\"");
  }

  @Test
  void compare_tellsWhatRoseAndFell() {
    ExperimentResult<String, String, String> before = capitals().run();
    ExperimentResult<String, String, String> after =
        langfuse
            .experiment("capitals")
            .data(CAPITALS)
            .task(item -> "Lima")
            .evaluator("correct", e -> e.output().equals(e.expectedOutput()))
            .evaluator("new", e -> 1)
            .runName("run-2")
            .run();

    var metric = after.compare(before).metrics().get(0);
    assertThat(after.compare(before).metrics()).hasSize(1);
    assertThat(metric.change()).isZero();
    assertThat(metric.better()).containsExactly(after.items().get(1).itemId());
    assertThat(metric.worse()).containsExactly(after.items().get(0).itemId());
    assertThat(after.compare(before).toTable()).contains("metric", "run-1", "run-2", "+0.000");
  }

  @Test
  void compare_withTheJsonOfAnEarlierRun_isTheSame() {
    ExperimentResult<String, String, String> before =
        capitals().evaluator("length", e -> List.of(0.25, 0.75)).evaluator("mood", e -> "x").run();
    ExperimentResult<String, String, String> after =
        capitals().evaluator("length", e -> 1).evaluator("mood", e -> "y").runName("run-2").run();

    ExperimentComparison comparison = after.compare(EarlierRun.ofJson(before.toJson()));

    assertThat(comparison).isEqualTo(after.compare(before));
    assertThat(comparison.metrics())
        .extracting(ExperimentComparison.Metric::name, ExperimentComparison.Metric::before)
        .containsExactly(tuple("correct", 0.5), tuple("length", 0.5));
    assertThat(comparison.metrics().get(1).better()).hasSize(2);
    for (String other : List.of("", "[]", "{}", "{")) {
      assertThatThrownBy(() -> EarlierRun.ofJson(other))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void requirements_failWithTheResult() {
    ExperimentResult<String, String, String> result = capitals().run();

    assertThat(result.requireMean("correct", 0.5).requireFailedItems(0)).isSameAs(result);
    assertThatThrownBy(() -> result.requireMean("correct", 0.8))
        .isInstanceOfSatisfying(
            RegressionException.class,
            e -> {
              assertThat(e.result()).isSameAs(result);
              assertThat(e.metric()).isEqualTo("correct");
              assertThat(e.value()).isEqualTo(0.5);
              assertThat(e.threshold()).isEqualTo(0.8);
            })
        .hasMessage("Regression on `correct`: 0.5 (threshold 0.8)");
    assertThatThrownBy(() -> result.requireMean("other", 0.8)).hasMessageContaining("Nothing");
  }

  @Test
  void regressionException_saysWhatItIsGiven() {
    ExperimentResult<String, String, String> result = capitals().run();

    assertThat(RegressionException.of(result, null)).hasMessage("Experiment regression detected");
    assertThat(RegressionException.of(result, "m", 1.0, null, null))
        .hasMessage("Regression on `m`: 1.0");
    assertThat(RegressionException.of(result, "m", null, 2.0, null))
        .hasMessage("Experiment regression detected");
    assertThat(RegressionException.of(result, "m", 1.0, 2.0, "own words")).hasMessage("own words");
    assertThat(RegressionException.of(result, "m", 1.0, 2.0, "own words").metric()).isEqualTo("m");
  }

  @Test
  void runnerContext_givesDataAndMetadata_theCallWins() {
    RunnerContext<String, String> context =
        new RunnerContext<>(langfuse, CAPITALS, null, Map.of("commit", "abc", "model", "old"));

    ExperimentResult<String, String, String> inherited =
        context.experiment("a", ExperimentTest::answer).metadata(Map.of("model", "new")).run();
    ExperimentResult<String, String, String> own =
        context.experiment("b", CAPITALS.subList(0, 1), ExperimentTest::answer).run();

    assertThat(inherited.items()).hasSize(2);
    assertThat(inherited.metadata()).isEqualTo(Map.of("commit", "abc", "model", "new"));
    assertThat(own.items()).hasSize(1);
    assertThatThrownBy(
            () ->
                new RunnerContext<String, String>(langfuse, null, null, Map.of())
                    .experiment("c", ExperimentTest::answer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("data");
  }

  @Test
  void mistakes_areRefusedAtOnce() {
    assertThatThrownBy(() -> langfuse.experiment(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> capitals().maxConcurrency(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> capitals().evaluator(Evaluator.of("", e -> 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
