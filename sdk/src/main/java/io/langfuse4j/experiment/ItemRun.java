package io.langfuse4j.experiment;

import static io.langfuse4j.ObservationType.EVALUATOR;
import static io.langfuse4j.ObservationType.SPAN;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseEvaluator;
import io.langfuse4j.LangfuseSpan;
import io.langfuse4j.dataset.DatasetItem;
import io.langfuse4j.evaluator.Evaluation;
import io.langfuse4j.evaluator.Evaluator;
import io.langfuse4j.evaluator.EvaluatorInputs;
import io.langfuse4j.internal.propagation.PropagatedAttributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One item: the task in a trace of its own, then the evaluators beside it, then their scores. The
 * tree, its names and its attributes are those of the Python SDK. Confined to one thread.
 */
final class ItemRun<
    I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object> {

  private final ExperimentRun<I, E, O> run;
  private final Langfuse langfuse;
  final int index;
  final DatasetItem<I, E> item;
  final String itemId;
  final List<Evaluation> evaluations = new ArrayList<>();
  final Map<String, Throwable> evaluatorErrors = new LinkedHashMap<>();
  @Nullable O output;
  @Nullable Throwable error;
  @Nullable String traceId;
  @Nullable String observationId;
  @Nullable String datasetRunId;
  Duration duration = Duration.ZERO;

  private int failedEvaluators;
  private int skippedEvaluators;
  private PropagatedAttributes propagated = PropagatedAttributes.local(Attributes.empty());

  ItemRun(ExperimentRun<I, E, O> run, int index, DatasetItem<I, E> item) {
    this.run = run;
    this.langfuse = run.langfuse();
    this.index = index;
    this.item = item;
    String given = item.id();
    this.itemId = given == null ? ExperimentAttributes.itemId(item.input()) : given;
  }

  /** Never throws, but for errors of the JVM. */
  ItemResult<I, E, O> execute() {
    LangfuseSpan root = langfuse.startObservation("experiment-item-run");
    try (Scope ignored = root.makeCurrent()) {
      describe(root);
      LangfuseSpan task = root.startObservation("experiment-item-task", SPAN);
      begin(root, task);
      runTask(task);
      finish(root);
      if (error == null) {
        evaluate(root);
      }
    } finally {
      root.end();
    }
    return new ItemResult<>(this);
  }

  private void describe(LangfuseSpan span) {
    set(span.span(), ExperimentAttributes.DESCRIPTION, run.spec().description());
    set(
        span.span(),
        ExperimentAttributes.EXPECTED_OUTPUT,
        langfuse.capturesContent() ? ExperimentAttributes.text(item.expectedOutput()) : null);
  }

  private static void set(Span span, AttributeKey<String> key, @Nullable String value) {
    if (value != null) {
      span.setAttribute(key, value);
    }
  }

  private void begin(LangfuseSpan root, LangfuseSpan task) {
    describe(task);
    task.input(item.input()).metadata(metadata());
    if (langfuse.isEnabled()) {
      traceId = task.traceId();
      observationId = task.id();
      datasetRunId = run.link(item, task.traceId(), task.id());
    }
    Attributes attributes =
        ExperimentAttributes.of(
            run.experimentId(), run.spec(), itemId, datasetId(), item.metadata(), task.id());
    root.span().setAllAttributes(attributes);
    task.span().setAllAttributes(attributes);
    propagated =
        run.spec().asBaggage()
            ? PropagatedAttributes.forEveryHost(attributes)
            : PropagatedAttributes.local(attributes);
  }

  private @Nullable String datasetId() {
    return item.details() == null ? null : item.details().datasetId();
  }

  /** The item's, then the run's, then what the experiment is. */
  private Map<String, @Nullable Object> metadata() {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>(item.metadata());
    metadata.putAll(run.spec().metadata());
    metadata.put("experiment_name", run.spec().name());
    metadata.put("experiment_run_name", run.spec().runName());
    if (item.isStored()) {
      metadata.put("dataset_id", datasetId());
      metadata.put("dataset_item_id", item.id());
    }
    return metadata;
  }

  /** What starts now, on this thread or on one that takes the context along, is of this item. */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes the scope
  private Scope propagating() {
    Context context = Context.current();
    return context.with(propagated.over(PropagatedAttributes.from(context))).makeCurrent();
  }

  private void runTask(LangfuseSpan task) {
    long start = System.nanoTime();
    try (Scope current = task.makeCurrent();
        Scope attributes = propagating()) {
      output = run.call(item);
      task.output(output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(task, e);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      fail(task, e);
    } finally {
      duration = Duration.ofNanos(System.nanoTime() - start);
      task.end();
    }
  }

  private void fail(LangfuseSpan task, Throwable failure) {
    error = failure;
    task.output("Error: " + messageOf(failure)).fail(failure);
  }

  private static String messageOf(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getName() : message;
  }

  private void finish(LangfuseSpan root) {
    root.input(item.input()).metadata(metadata());
    if (error == null) {
      root.output(output);
    } else {
      root.output("Error: " + messageOf(error)).fail(error);
    }
  }

  @SuppressWarnings("NullAway") // the output is what the task returned, null included
  private void evaluate(LangfuseSpan root) {
    if (run.evaluators().isEmpty()) {
      return;
    }
    EvaluatorInputs<I, E, O> inputs =
        new EvaluatorInputs<>(
            item.input(), output, item.expectedOutput(), item.metadata(), List.of());
    try (Scope attributes = propagating()) {
      LangfuseSpan evaluation = root.startObservation("experiment-item-evaluation");
      try (Scope current = evaluation.makeCurrent();
          Scope inner = propagating()) {
        evaluateAll(inputs);
        evaluateComposite(inputs);
      }
      evaluation.output(counts()).end();
    }
    if (traceId != null) {
      evaluations.forEach(this::score);
    }
  }

  /** Evaluators that complete later are at work at the same time. */
  private void evaluateAll(EvaluatorInputs<I, E, O> inputs) {
    List<RunningEvaluator> running = new ArrayList<>();
    for (int i = 0; i < run.evaluators().size(); i++) {
      running.add(
          start(
              run.evaluators().get(i),
              inputs,
              Map.of("evaluator_kind", "item", "evaluator_index", i)));
    }
    running.forEach(this::complete);
  }

  private void evaluateComposite(EvaluatorInputs<I, E, O> inputs) {
    Evaluator<? super I, ? super E, ? super O> composite = run.compositeEvaluator();
    if (composite == null) {
      return;
    }
    if (evaluations.isEmpty()) {
      skippedEvaluators++;
    } else {
      complete(start(composite, inputs.with(evaluations), Map.of("evaluator_kind", "composite")));
    }
  }

  /** An evaluator that was asked, and its observation. */
  private record RunningEvaluator(
      String name, LangfuseEvaluator observation, CompletionStage<List<Evaluation>> answer) {}

  @SuppressWarnings("unchecked") // an evaluator only reads its inputs
  private RunningEvaluator start(
      Evaluator<? super I, ? super E, ? super O> evaluator,
      EvaluatorInputs<I, E, O> inputs,
      Map<String, Object> metadata) {
    LangfuseEvaluator observation =
        langfuse
            .startObservation(evaluator.name(), EVALUATOR)
            .input(shown(inputs))
            .metadata(metadata);
    CompletionStage<List<Evaluation>> answer;
    try (Scope current = observation.makeCurrent();
        Scope attributes = propagating()) {
      answer = ((Evaluator<I, E, O>) evaluator).evaluate(inputs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer = CompletableFuture.failedFuture(e);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return new RunningEvaluator(evaluator.name(), observation, answer);
  }

  private static Map<String, @Nullable Object> shown(EvaluatorInputs<?, ?, ?> inputs) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("input", inputs.input());
    shown.put("output", inputs.output());
    shown.put("expected_output", inputs.expectedOutput());
    shown.put("metadata", inputs.metadata());
    if (!inputs.evaluations().isEmpty()) {
      shown.put("evaluations", inputs.evaluations().stream().map(Evaluation::asMap).toList());
    }
    return shown;
  }

  private void complete(RunningEvaluator running) {
    LangfuseEvaluator observation = running.observation();
    try {
      List<Evaluation> said = Waiting.join(running.answer(), run.timeout());
      evaluations.addAll(said);
      observation.output(said.stream().map(Evaluation::asMap).toList());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      evaluatorFailed(running, e);
    } catch (Exception e) {
      evaluatorFailed(running, e);
    } finally {
      observation.end();
    }
  }

  private void evaluatorFailed(RunningEvaluator running, Throwable failure) {
    failedEvaluators++;
    evaluatorErrors.put(running.name(), failure);
    running.observation().output(Map.of("error", messageOf(failure))).fail(failure);
    run.warnOfEvaluator(running.name(), failure);
  }

  private Map<String, Object> counts() {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put(
        "evaluator_count", run.evaluators().size() + (run.compositeEvaluator() == null ? 0 : 1));
    counts.put("evaluation_count", evaluations.size());
    counts.put("failed_evaluator_count", failedEvaluators);
    counts.put("skipped_evaluator_count", skippedEvaluators);
    return counts;
  }

  private void score(Evaluation evaluation) {
    run.score(
        score -> {
          evaluation.writeTo(score);
          score.traceId(String.valueOf(traceId)).observationId(String.valueOf(observationId));
        });
  }
}
