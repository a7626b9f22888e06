package io.langfuse4j.experiment;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Score;
import io.langfuse4j.api.DatasetRunItem;
import io.langfuse4j.api.LangfuseApiException;
import io.langfuse4j.dataset.DatasetItem;
import io.langfuse4j.evaluator.Evaluation;
import io.langfuse4j.evaluator.Evaluator;
import io.langfuse4j.internal.LangfuseAttributes;
import io.langfuse4j.internal.Warnings;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One run of an experiment: what its items share, and the result. Used once; thread-safe. */
final class ExperimentRun<
    I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object> {

  private static final Logger logger = Logger.getLogger(ExperimentRun.class.getName());

  private final ExperimentPlan<I, E, O> plan;
  private final ExperimentSpec spec;
  private final Warnings warnings = new Warnings(logger);
  private final String localId = IdGenerator.random().generateSpanId();
  private final AtomicReference<@Nullable String> datasetRunId = new AtomicReference<>();
  private final AtomicReference<@Nullable String> datasetId = new AtomicReference<>();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger unlinked = new AtomicInteger();
  private final @Nullable ExecutorService timed;

  ExperimentRun(ExperimentPlan<I, E, O> plan, ExperimentSpec spec) {
    this.plan = plan;
    this.spec = spec;
    this.timed = plan.timeout == null ? null : Workers.newExecutor();
  }

  ExperimentResult<I, E, O> execute() {
    Results<ItemResult<I, E, O>> results = new Results<>();
    boolean complete;
    try {
      complete =
          Workers.run(
              plan.maxConcurrency,
              plan.data.iterator(),
              (index, item) -> results.put(index, executeItem(index, item)));
    } finally {
      if (timed != null) {
        timed.shutdown();
      }
    }
    List<ItemResult<I, E, O>> items = results.inOrder();
    List<Evaluation> runEvaluations = evaluateRun(items);
    String run = datasetRunId.get();
    if (run != null) {
      runEvaluations.forEach(each -> score(score -> writeRunScore(each, score, run)));
    }
    boolean delivered = langfuse().flush();
    return new ExperimentResult<>(
        spec, items, runEvaluations, experimentId(), run, url(run), complete, delivered);
  }

  private static void writeRunScore(Evaluation evaluation, Score score, String run) {
    evaluation.writeTo(score);
    score.datasetRunId(run);
  }

  private ItemResult<I, E, O> executeItem(int index, DatasetItem<I, E> item) {
    ItemResult<I, E, O> result = new ItemRun<>(this, index, item).execute();
    int failures = result.isFailed() ? failed.incrementAndGet() : failed.get();
    try {
      plan.progress.onItem(result, done.incrementAndGet(), failures, plan.data.size());
    } catch (RuntimeException e) {
      warnings.once("progress", "Progress of an experiment could not be shown: " + e, e);
    }
    return result;
  }

  /** Results by place; what is missing was never begun. */
  private static final class Results<T> {

    private static final int BLOCK = 1024;
    private final List<AtomicReferenceArray<@Nullable T>> blocks = new ArrayList<>();

    void put(int index, T result) {
      block(index / BLOCK).set(index % BLOCK, result);
    }

    private synchronized AtomicReferenceArray<@Nullable T> block(int number) {
      while (blocks.size() <= number) {
        blocks.add(new AtomicReferenceArray<>(BLOCK));
      }
      return blocks.get(number);
    }

    synchronized List<T> inOrder() {
      List<T> results = new ArrayList<>();
      for (AtomicReferenceArray<@Nullable T> block : blocks) {
        for (int i = 0; i < BLOCK; i++) {
          T result = block.get(i);
          if (result != null) {
            results.add(result);
          }
        }
      }
      return results;
    }
  }

  private List<Evaluation> evaluateRun(List<ItemResult<I, E, O>> items) {
    List<Evaluation> evaluations = new ArrayList<>();
    plan.runEvaluators.forEach(
        (name, evaluator) -> {
          try {
            evaluations.addAll(
                Waiting.join(Evaluator.evaluations(name, evaluator.evaluate(items)), plan.timeout));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            warnOfEvaluator(name, e);
          } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            warnOfEvaluator(name, e);
          }
        });
    return evaluations;
  }

  Langfuse langfuse() {
    return plan.langfuse;
  }

  ExperimentSpec spec() {
    return spec;
  }

  List<Evaluator<? super I, ? super E, ? super O>> evaluators() {
    return plan.evaluators;
  }

  @Nullable Evaluator<? super I, ? super E, ? super O> compositeEvaluator() {
    return plan.compositeEvaluator;
  }

  @Nullable Duration timeout() {
    return plan.timeout;
  }

  /** The id of the run on the server once there is one. */
  String experimentId() {
    String run = datasetRunId.get();
    return run == null ? localId : run;
  }

  O call(DatasetItem<I, E> item) throws Exception {
    if (timed == null) {
      return plan.task.run(item);
    }
    Future<O> future = timed.submit(Context.current().wrap(() -> plan.task.run(item)));
    return Waiting.get(future, plan.timeout);
  }

  void score(Consumer<Score> score) {
    langfuse()
        .score(
            made -> {
              score.accept(made);
              made.environment(LangfuseAttributes.EXPERIMENT_ENVIRONMENT);
            });
  }

  void warnOfEvaluator(String name, Throwable failure) {
    warnings.once(
        "evaluator " + name,
        "The evaluator '" + name + "' of '" + spec.name() + "' failed: " + failure,
        failure);
  }

  /**
   * Tells the server which trace the run has for an item.
   *
   * @return the run; null if the item is in no dataset, or the server did not take it
   */
  @Nullable String link(DatasetItem<I, E> item, String traceId, String observationId) {
    if (!item.isStored()) {
      return null;
    }
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("runName", spec.runName());
    body.put("runDescription", spec.description());
    body.put("metadata", spec.metadata().isEmpty() ? null : spec.metadata());
    body.put("datasetItemId", item.id());
    body.put("traceId", traceId);
    body.put("observationId", observationId);
    if (spec.datasetVersion() != null) {
      body.put("datasetVersion", spec.datasetVersion());
    }
    try {
      DatasetRunItem linked = langfuse().api().datasets().createRunItem(body);
      datasetRunId.compareAndSet(null, linked.datasetRunId());
      datasetId.compareAndSet(null, item.details() == null ? null : item.details().datasetId());
      return linked.datasetRunId();
    } catch (LangfuseApiException e) {
      unlinked.incrementAndGet();
      warnings.once(
          "link", "A trace of '" + spec.name() + "' could not be linked to its item: " + e, e);
      return null;
    }
  }

  private @Nullable String url(@Nullable String run) {
    String base = langfuse().baseUrl();
    if (run == null || base == null) {
      return null;
    }
    try {
      String project = langfuse().api().project().id();
      return base + "/project/" + project + "/datasets/" + datasetId.get() + "/runs/" + run;
    } catch (LangfuseApiException e) {
      return null;
    }
  }
}
