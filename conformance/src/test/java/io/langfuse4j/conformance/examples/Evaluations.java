package io.langfuse4j.conformance.examples;

import io.langfuse4j.Langfuse;
import io.langfuse4j.dataset.Dataset;
import io.langfuse4j.dataset.DatasetItem;
import io.langfuse4j.evaluator.EvaluatorInputs;
import io.langfuse4j.evaluator.Evaluators;
import io.langfuse4j.evaluator.LlmJudge;
import io.langfuse4j.experiment.BatchEvaluation;
import io.langfuse4j.experiment.BatchEvaluationResult;
import io.langfuse4j.experiment.ExperimentResult;
import io.langfuse4j.media.LangfuseMedia;
import io.langfuse4j.media.LangfuseMediaReference;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The programs of {@code docs/datasets.md} and {@code docs/experiments.md}. */
public final class Evaluations {

  private Evaluations() {}

  // tag::types[]
  /** What is asked. */
  public record Question(String country) {}

  // end::types[]

  public static Dataset<Question, String> dataset(Langfuse langfuse, String name) {
    // tag::dataset[]
    langfuse.datasets().create(name, d -> d.description("Countries and their capitals"));
    langfuse.datasets().addItem(name, DatasetItem.of(new Question("France"), "Paris"));
    langfuse
        .datasets()
        .addItem(
            name,
            DatasetItem.of(new Question("Peru"), "Lima").withMetadata(Map.of("level", "easy")));

    Dataset<Question, String> capitals =
        langfuse.datasets().get(name).as(Question.class, String.class);
    // end::dataset[]
    return capitals;
  }

  public static ExperimentResult<Question, String, String> experiment(
      Langfuse langfuse, Dataset<Question, String> capitals, UnaryOperator<String> model) {
    // tag::experiment[]
    ExperimentResult<Question, String, String> result =
        langfuse
            .experiment("capitals")
            .data(capitals)
            .task(item -> model.apply("Capital of " + item.input().country() + "?"))
            .evaluator(Evaluators.exactMatch())
            .evaluator("length", e -> e.output().length())
            .runEvaluator("failures", items -> items.stream().filter(i -> i.isFailed()).count())
            .metadata(Map.of("model", "gpt-4o"))
            .maxConcurrency(8)
            .timeout(Duration.ofSeconds(30))
            .run();
    System.out.println(result.format());
    // end::experiment[]
    return result;
  }

  public static ExperimentResult<String, String, String> local(
      Langfuse langfuse, UnaryOperator<String> model) {
    // tag::local[]
    ExperimentResult<String, String, String> result =
        langfuse
            .experiment("capitals")
            .data(List.of(DatasetItem.of("France", "Paris"), DatasetItem.of("Peru", "Lima")))
            .task(item -> model.apply(item.input()))
            .evaluator(Evaluators.levenshteinSimilarity())
            .run();
    result.requireMean("levenshtein", 0.5);
    // end::local[]
    return result;
  }

  public static LlmJudge judge(Langfuse langfuse, UnaryOperator<String> model) {
    // tag::judge[]
    LlmJudge helpful =
        LlmJudge.of(langfuse, "helpful", prompt -> model.apply(prompt))
            .criteria("Does the answer help the customer to act?")
            .scale(1, 5)
            .modelName("gpt-4o");
    // end::judge[]
    return helpful;
  }

  public static BatchEvaluationResult batch(Langfuse langfuse) {
    // tag::batch[]
    BatchEvaluationResult first =
        BatchEvaluation.ofTraces(langfuse)
            .mapper(trace -> EvaluatorInputs.of(trace.input(), trace.output(), null))
            .evaluator("answered", e -> e.output() != null)
            .maxItems(1_000)
            .run();
    // end::batch[]
    return first;
  }

  /** What is shown, and asked of it. */
  public record Scene(String question, LangfuseMediaReference picture) {}

  public static byte[] media(Langfuse langfuse, String name, byte[] png) throws IOException {
    // tag::media[]
    langfuse
        .datasets()
        .addItem(
            name,
            DatasetItem.of(
                Map.of("question", "What is this?", "picture", LangfuseMedia.of(png, "image/png")),
                "A lighthouse"));

    DatasetItem<Scene, String> item =
        langfuse.datasets().get(name).as(Scene.class, String.class).items().get(0);
    byte[] picture = langfuse.fetchMedia(item.input().picture()).content();
    // end::media[]
    return picture;
  }
}
