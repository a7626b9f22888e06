package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.Langfuse;
import io.langfuse4j.api.DatasetRun;
import io.langfuse4j.api.DatasetRunItem;
import io.langfuse4j.api.LangfuseApiException;
import io.langfuse4j.api.Trace;
import io.langfuse4j.dataset.Dataset;
import io.langfuse4j.dataset.DatasetItem;
import io.langfuse4j.evaluator.Evaluation;
import io.langfuse4j.evaluator.EvaluatorInputs;
import io.langfuse4j.evaluator.Evaluators;
import io.langfuse4j.experiment.BatchEvaluation;
import io.langfuse4j.experiment.BatchEvaluationResult;
import io.langfuse4j.experiment.EarlierRun;
import io.langfuse4j.experiment.ExperimentComparison;
import io.langfuse4j.experiment.ExperimentResult;
import io.langfuse4j.experiment.ItemResult;
import io.langfuse4j.media.LangfuseMedia;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Datasets, experiments and batch evaluations on the real server. */
class ExperimentsIT {

  @RegisterExtension final SeedServer server = new SeedServer();

  private final String dataset = "capitals + more?/" + UUID.randomUUID();
  private Langfuse langfuse;

  record Question(String country) {}

  @BeforeEach
  void client() {
    langfuse = server.langfuse();
    langfuse.datasets().create(dataset, d -> d.description("x").metadata(Map.of("a", 1)));
  }

  private Dataset<Question, String> capitals() {
    return langfuse.datasets().get(dataset).as(Question.class, String.class);
  }

  private void addCapitals() {
    langfuse
        .datasets()
        .addItems(
            dataset,
            List.of(
                DatasetItem.of(new Question("France"), "Paris").withMetadata(Map.of("n", 1)),
                DatasetItem.of(new Question("Peru"), "Lima")));
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(each -> names.add(each.path("name").asText()));
    return names;
  }

  @Test
  void dataset_isReadBack() {
    addCapitals();

    Dataset<Question, String> read = capitals();
    assertThat(read.name()).isEqualTo(dataset);
    assertThat(read.details().description()).isEqualTo("x");
    assertThat(read.items())
        .extracting(DatasetItem::input, DatasetItem::expectedOutput)
        .containsExactlyInAnyOrder(
            tuple(new Question("France"), "Paris"), tuple(new Question("Peru"), "Lima"));
    DatasetItem<Question, String> first = read.items().get(0);
    assertThat(langfuse.datasets().item(first.id()).id()).isEqualTo(first.id());
  }

  @Test
  void items_beyondOnePage_areAllRead() {
    for (int i = 0; i < 103; i++) {
      langfuse.datasets().addItem(dataset, DatasetItem.of("item " + i));
    }

    assertThat(langfuse.datasets().get(dataset).items()).hasSize(103);
  }

  @Test
  void itemOfTheSameId_isReplaced_archivedOnesAreNotListed() {
    DatasetItem<String, String> item =
        DatasetItem.of("a", "b").withId(UUID.randomUUID().toString());
    langfuse.datasets().addItem(dataset, item);
    langfuse.datasets().addItem(dataset, DatasetItem.of("c", "d").withId(item.id()));
    assertThat(langfuse.datasets().get(dataset).items())
        .extracting(DatasetItem::input)
        .containsExactly("c");

    langfuse.datasets().addItem(dataset, item.withArchived());
    assertThat(langfuse.datasets().get(dataset).items()).isEmpty();
    langfuse.datasets().deleteItem(item.id());
  }

  @Test
  void version_isWhatTheDatasetWas() {
    DatasetItem<?, ?> first = langfuse.datasets().addItem(dataset, DatasetItem.of("first"));
    Instant between = first.details().createdAt().plusMillis(1);
    Awaitility.await().until(() -> Instant.now().isAfter(between.plusMillis(2)));
    langfuse.datasets().addItem(dataset, DatasetItem.of("second"));

    assertThat(langfuse.datasets().get(dataset, between).items())
        .extracting(DatasetItem::input)
        .containsExactly("first");
  }

  private ExperimentResult<Question, String, String> run(String name) {
    return langfuse
        .experiment("capitals")
        .data(capitals())
        .task(item -> item.input().country().equals("France") ? "Paris" : "Cusco")
        .runName(name)
        .description("a try")
        .metadata(Map.of("model", "m-1"))
        .evaluator(Evaluators.exactMatch())
        .evaluator("words", e -> Evaluation.of("words", "one").comment("c"))
        .runEvaluator("accuracy", items -> 0.5)
        .run();
  }

  @Test
  void experiment_isARunOnTheServer_withScores() {
    addCapitals();
    ExperimentResult<Question, String, String> result = run("run 1/a");

    assertThat(result.isDelivered()).isTrue();
    DatasetRun run = langfuse.datasets().run(dataset, "run 1/a");
    assertThat(run.id()).isEqualTo(result.datasetRunId()).isEqualTo(result.experimentId());
    assertThat(run.description()).isEqualTo("a try");
    assertThat(run.metadata()).isEqualTo(Map.of("model", "m-1"));
    assertThat(run.datasetRunItems())
        .extracting(DatasetRunItem::traceId, DatasetRunItem::datasetItemId)
        .containsExactlyInAnyOrderElementsOf(
            result.items().stream().map(item -> tuple(item.traceId(), item.item().id())).toList());
    assertThat(result.datasetRunUrl()).contains("/datasets/", "/runs/" + run.id());

    ItemResult<Question, String, String> first = result.items().get(0);
    JsonNode trace = server.api().trace(first.traceId());
    assertThat(trace.path("environment").asText()).isEqualTo("sdk-experiment");
    assertThat(names(trace.path("observations")))
        .containsExactlyInAnyOrder(
            "experiment-item-run",
            "experiment-item-task",
            "experiment-item-evaluation",
            "exact_match",
            "words");
    assertThat(names(trace.path("scores"))).containsExactlyInAnyOrder("exact_match", "words");
    assertThat(trace.path("scores").findValuesAsText("observationId"))
        .containsOnly(first.observationId());
    assertThat(
            names(
                server
                    .api()
                    .get("/api/public/v2/scores?datasetRunId=" + result.datasetRunId())
                    .path("data")))
        .containsExactly("accuracy");
  }

  @Test
  void runs_ofOneDataset_areTwo_andCanBeDeleted() {
    addCapitals();
    assertThat(run("one").datasetRunId()).isNotEqualTo(run("two").datasetRunId());
    assertThat(langfuse.datasets().runs(dataset)).extracting(DatasetRun::name).hasSize(2);

    langfuse.datasets().deleteRun(dataset, "one");
    assertThat(langfuse.datasets().runs(dataset))
        .extracting(DatasetRun::name)
        .containsExactly("two");
  }

  @Test
  void laterRun_isComparedWithOneOnTheServer() {
    addCapitals();
    ExperimentResult<Question, String, String> before = run("before");
    ExperimentResult<Question, String, String> after =
        langfuse
            .experiment("capitals")
            .data(capitals())
            .task(item -> item.expectedOutput())
            .evaluator(Evaluators.exactMatch())
            .run();

    ExperimentComparison comparison =
        after.compare(EarlierRun.onServer(langfuse, dataset, "before"));

    assertThat(comparison).isEqualTo(after.compare(before));
    assertThat(comparison.metrics())
        .singleElement()
        .matches(metric -> metric.before() == 0.5 && metric.after() == 1);
  }

  @Test
  void localExperiment_hasTracesAndNoRun() {
    ExperimentResult<Integer, Object, Integer> result =
        langfuse
            .experiment("local")
            .data(IntStream.range(0, 20).boxed().toList(), DatasetItem::of)
            .task(item -> item.input() * 2)
            .evaluator("even", e -> e.output() % 2 == 0)
            .maxConcurrency(5)
            .metadata(Map.of("big", Map.of("nested", List.of(1, 2))))
            .run();

    assertThat(result.datasetRunId()).isNull();
    assertThat(result.mean("even")).hasValue(1);
    assertThat(result.items())
        .allSatisfy(
            item ->
                assertThat(names(server.api().trace(item.traceId()).path("scores")))
                    .containsExactly("even"));
  }

  @Test
  void batchEvaluation_scoresWhatIsThere_andResumes() {
    String user = "batch-" + dataset;
    for (int i = 0; i < 5; i++) {
      String output = "o".repeat(i + 1);
      Langfuse.propagateAttributes(a -> a.userId(user))
          .run(() -> langfuse.run("answer", span -> span.output(output)));
    }
    assertThat(langfuse.flush(Duration.ofSeconds(60))).isTrue();
    String filter =
        "[{\"type\":\"string\",\"column\":\"userId\",\"operator\":\"=\",\"value\":\""
            + user
            + "\"}]";

    BatchEvaluationResult first = lengths(filter).maxItems(2).run();
    BatchEvaluationResult second = lengths(filter).resumeFrom(first.resumeToken()).run();

    assertThat(first.itemsProcessed()).isEqualTo(2);
    assertThat(second.itemsProcessed()).isEqualTo(3);
    assertThat(first.itemEvaluations().keySet())
        .doesNotContainAnyElementsOf(second.itemEvaluations().keySet());
    for (String trace : second.itemEvaluations().keySet()) {
      JsonNode read = server.api().trace(trace);
      assertThat(read.at("/scores/0/value").asInt())
          .isEqualTo(read.at("/observations/0/output").asText().length());
    }
  }

  private BatchEvaluation<Trace> lengths(String filter) {
    return BatchEvaluation.ofTraces(langfuse)
        .filter(filter)
        .pageSize(2)
        .mapper(
            trace ->
                EvaluatorInputs.of(
                    null,
                    langfuse.api().traces().get(trace.id()).observations().get(0).output(),
                    null))
        .evaluator("length", e -> e.output().toString().length());
  }

  @Test
  void item_keepsItsSourceAndItsDefaults() {
    String trace = Langfuse.createTraceId("source " + dataset);
    langfuse
        .datasets()
        .addItem(dataset, DatasetItem.of("asked", "said").withSource(trace, "0123456789abcdef"));

    DatasetItem<Object, Object> item = langfuse.datasets().get(dataset).items().get(0);
    assertThat(item.sourceTraceId()).isEqualTo(trace);
    assertThat(item.sourceObservationId()).isEqualTo("0123456789abcdef");
    assertThat(item.metadata()).isEmpty();
    assertThat(item.isArchived()).isFalse();
    String plain = "plain-" + dataset;
    langfuse.datasets().create(plain, d -> {});
    assertThat(langfuse.datasets().get(plain).details().description()).isNull();
  }

  @Test
  void itemThatDoesNotFollowTheSchema_isRefused() {
    String strict = "strict-" + dataset;
    langfuse
        .datasets()
        .create(strict, d -> d.inputSchema(Map.of("type", "object", "required", List.of("q"))));

    assertThatThrownBy(() -> langfuse.datasets().addItem(strict, DatasetItem.of(Map.of("x", 1))))
        .isInstanceOf(LangfuseApiException.class)
        .hasMessageContaining("400");
    langfuse.datasets().addItem(strict, DatasetItem.of(Map.of("q", "?")));
    assertThat(langfuse.datasets().get(strict).items()).hasSize(1);
  }

  @Test
  void experiment_overAnEarlierVersion_hasItsItemsOnly() {
    DatasetItem<?, ?> first = langfuse.datasets().addItem(dataset, DatasetItem.of("first", "1"));
    Instant between = first.details().createdAt().plusMillis(1);
    Awaitility.await().until(() -> Instant.now().isAfter(between.plusMillis(2)));
    langfuse.datasets().addItem(dataset, DatasetItem.of("second", "2"));

    ExperimentResult<String, String, String> result =
        langfuse
            .experiment("versioned")
            .data(langfuse.datasets().get(dataset, between).as(String.class, String.class))
            .task(item -> item.expectedOutput())
            .run();

    assertThat(result.items()).singleElement().extracting(ItemResult::output).isEqualTo("1");
    assertThat(langfuse.datasets().run(dataset, result.runName()).datasetRunItems()).hasSize(1);
  }

  @Test
  void failuresOfTaskEvaluatorAndRunEvaluator_stayWhereTheyAre() {
    addCapitals();
    ExperimentResult<Question, String, String> result =
        langfuse
            .experiment("failing")
            .data(capitals())
            .task(
                item -> {
                  if (item.input().country().equals("Peru")) {
                    throw new IllegalStateException("no map of Peru");
                  }
                  return "Paris";
                })
            .evaluator(
                "broken",
                e -> {
                  throw new IllegalArgumentException("cannot judge");
                })
            .evaluator(Evaluators.exactMatch())
            .runEvaluator(
                "broken_run",
                items -> {
                  throw new IllegalStateException("cannot sum up");
                })
            .runEvaluator("items", items -> items.size())
            .run();

    assertThat(result.failedItems()).hasSize(1);
    assertThat(result.runValue("items")).hasValue(2);
    assertThat(langfuse.datasets().run(dataset, result.runName()).datasetRunItems()).hasSize(2);
    for (ItemResult<Question, String, String> item : result.items()) {
      JsonNode trace = server.api().trace(item.traceId());
      boolean failed = item.isFailed();
      assertThat(names(trace.path("scores")))
          .isEqualTo(failed ? List.of() : List.of("exact_match"));
      assertThat(trace.path("observations"))
          .filteredOn(o -> o.path("level").asText().equals("ERROR"))
          .extracting(o -> o.path("name").asText())
          .containsExactlyInAnyOrder(
              failed
                  ? new String[] {"experiment-item-run", "experiment-item-task"}
                  : new String[] {"broken"});
    }
  }

  @Test
  void valuesOfAllKinds_longCommentsAndMetadata_areKept() {
    String comment = "because ".repeat(500);
    ExperimentResult<String, Object, String> result =
        langfuse
            .experiment("kinds")
            .data(List.of(DatasetItem.of("a")))
            .task(DatasetItem::input)
            .evaluator(
                "all",
                e ->
                    List.of(
                        Evaluation.of("number", 0.25),
                        Evaluation.of("yes", true),
                        Evaluation.of("mood", "good"),
                        Evaluation.of("explained", 1)
                            .comment(comment)
                            .metadata(Map.of("a", Map.of("b", List.of(1, 2))))))
            .compositeEvaluator("overall", Evaluators.weighted(Map.of("number", 1.0, "yes", 3.0)))
            .metadata(Map.of("large", Map.of("text", "x".repeat(10_000), "k", "v")))
            .run();

    Map<String, JsonNode> scores = new HashMap<>();
    server
        .api()
        .trace(result.items().get(0).traceId())
        .path("scores")
        .forEach(score -> scores.put(score.path("name").asText(), score));
    assertThat(scores).containsOnlyKeys("number", "yes", "mood", "explained", "overall");
    assertThat(scores.get("number").path("value").asDouble()).isEqualTo(0.25);
    assertThat(scores.get("yes").path("dataType").asText()).isEqualTo("BOOLEAN");
    assertThat(scores.get("yes").path("value").asInt()).isOne();
    assertThat(scores.get("mood").path("stringValue").asText()).isEqualTo("good");
    assertThat(scores.get("explained").path("comment").asText()).isEqualTo(comment);
    assertThat(scores.get("explained").at("/metadata/a/b/1").asInt()).isEqualTo(2);
    assertThat(scores.get("overall").path("value").asDouble()).isEqualTo(0.8125);
  }

  @Test
  void emptyDataset_hasNoRun_onlyRunEvaluatorsAreAsked() {
    ExperimentResult<Question, String, String> empty =
        langfuse
            .experiment("empty")
            .data(capitals())
            .task(item -> "x")
            .runEvaluator("items", items -> items.size())
            .run();

    assertThat(empty.runValue("items")).hasValue(0);
    assertThat(empty.datasetRunId()).isNull();
    assertThat(langfuse.datasets().runs(dataset)).isEmpty();
  }

  @Test
  void runs_areListedNewestFirst_pageByPage() {
    langfuse.datasets().addItem(dataset, DatasetItem.of(new Question("France"), "Paris"));
    for (int i = 0; i < 9; i++) {
      String name = "run " + i;
      langfuse.experiment("many").data(capitals()).task(item -> "x").runName(name).run();
    }

    assertThat(langfuse.datasets().runs(dataset))
        .extracting(DatasetRun::name)
        .isEqualTo(IntStream.range(0, 9).mapToObj(i -> "run " + (8 - i)).toList());
  }

  @Test
  void itemWithAFile_copiedIntoAnother_keepsItsFile() {
    LangfuseMedia sea = LangfuseMedia.of(new byte[] {1, 2, 3}, "image/png");
    langfuse
        .datasets()
        .addItem(
            dataset,
            DatasetItem.of(Map.of("list", List.of(List.of(sea)), "text", "@@@"), Map.of("k", sea))
                .withMetadata(Map.of("m", sea)));
    DatasetItem<Object, Object> read = langfuse.datasets().get(dataset).items().get(0);
    String other = "copy-" + dataset;
    langfuse.datasets().create(other, d -> {});
    DatasetItem<Object, Object> copied =
        langfuse.datasets().addItem(other, read.withId(UUID.randomUUID().toString()));

    for (DatasetItem<Object, Object> item : List.of(read, copied)) {
      assertThat(item.input())
          .isEqualTo(Map.of("list", List.of(List.of(sea.reference())), "text", "@@@"));
      assertThat(item.expectedOutput()).isEqualTo(Map.of("k", sea.reference()));
      assertThat(item.metadata()).isEqualTo(Map.of("m", sea.reference()));
    }
  }

  @Test
  void batchEvaluation_ofObservations_scoresAndTagsTheirTraces() {
    String name = "judged " + dataset;
    langfuse.run(name, span -> span.output("four"));
    assertThat(langfuse.flush(Duration.ofSeconds(60))).isTrue();

    BatchEvaluationResult result =
        BatchEvaluation.ofObservations(langfuse)
            .filter(
                "[{\"type\":\"string\",\"column\":\"name\",\"operator\":\"=\",\"value\":\""
                    + name
                    + "\"}]")
            .mapper(o -> EvaluatorInputs.of(o.input(), o.output(), null))
            .evaluator("length", e -> String.valueOf(e.output()).length())
            .alsoScoreTraces()
            .traceTags("judged")
            .run();

    assertThat(result.itemsProcessed()).isOne();
    String traceId = server.api().observationsNamed(name).get(0).path("traceId").asText();
    JsonNode trace = server.api().trace(traceId);
    assertThat(trace.path("tags")).extracting(JsonNode::asText).containsExactly("judged");
    assertThat(trace.path("name").asText()).isEqualTo(name);
    assertThat(trace.path("scores"))
        .extracting(
            score -> score.path("value").asInt(), score -> score.path("observationId").isNull())
        .containsExactlyInAnyOrder(tuple(4, false), tuple(4, true));
  }
}
