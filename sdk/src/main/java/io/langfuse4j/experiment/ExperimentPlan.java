package io.langfuse4j.experiment;

import io.langfuse4j.Langfuse;
import io.langfuse4j.evaluator.Evaluator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An experiment with data and task: how it is judged and run. Reusable; not thread-safe.
 *
 * @param <I> the type of the inputs
 * @param <E> the type of the expected outputs
 * @param <O> the type of the outputs
 */
public final class ExperimentPlan<
    I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object> {

  private static final int CONCURRENCY = 50;

  final Langfuse langfuse;
  final Experiment.Data<I, E> data;
  final Task<I, E, O> task;
  final List<Evaluator<? super I, ? super E, ? super O>> evaluators = new ArrayList<>();
  final Map<String, RunEvaluator<I, E, O>> runEvaluators = new LinkedHashMap<>();
  @Nullable Evaluator<? super I, ? super E, ? super O> compositeEvaluator;
  int maxConcurrency = CONCURRENCY;
  @Nullable Duration timeout;
  ExperimentProgress progress = (item, done, failed, total) -> {};

  private final String name;
  private @Nullable String runName;
  private @Nullable String description;
  private final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
  private @Nullable Instant datasetVersion;
  private boolean asBaggage;

  ExperimentPlan(Langfuse langfuse, String name, Experiment.Data<I, E> data, Task<I, E, O> task) {
    this.langfuse = langfuse;
    this.name = name;
    this.data = data;
    this.task = task;
    this.datasetVersion = data.version();
  }

  /** Tells one run from others of the experiment. Default: the name and the time. */
  public ExperimentPlan<I, E, O> runName(@Nullable String runName) {
    this.runName = runName;
    return this;
  }

  public ExperimentPlan<I, E, O> description(@Nullable String description) {
    this.description = description;
    return this;
  }

  /** Describes the run, for example the model; added to what was given before. */
  public ExperimentPlan<I, E, O> metadata(Map<String, ? extends @Nullable Object> metadata) {
    this.metadata.putAll(metadata);
    return this;
  }

  /** Judges each output; what it says becomes scores of the item's trace. */
  public ExperimentPlan<I, E, O> evaluator(Evaluator<? super I, ? super E, ? super O> evaluator) {
    evaluators.add(evaluator);
    return this;
  }

  /** {@link #evaluator(Evaluator)} in short: says a number, yes or no, or a category. */
  public ExperimentPlan<I, E, O> evaluator(String name, Evaluator.Judgement<I, E, O> judgement) {
    return evaluator(Evaluator.of(name, judgement));
  }

  /** Judges each output by what the evaluators said; not asked where they said nothing. */
  public ExperimentPlan<I, E, O> compositeEvaluator(
      String name, Evaluator.Judgement<I, E, O> judgement) {
    this.compositeEvaluator = Evaluator.of(name, judgement);
    return this;
  }

  /** Judges the run as a whole; what it says becomes scores of the run if the server has one. */
  public ExperimentPlan<I, E, O> runEvaluator(String name, RunEvaluator<I, E, O> evaluator) {
    runEvaluators.put(name, evaluator);
    return this;
  }

  /** Items at a time, at most. Default 50. */
  public ExperimentPlan<I, E, O> maxConcurrency(int maxConcurrency) {
    if (maxConcurrency < 1) {
      throw new IllegalArgumentException(
          "maxConcurrency is " + maxConcurrency + ", expected 1 or more");
    }
    this.maxConcurrency = maxConcurrency;
    return this;
  }

  /**
   * How long a task may take, and how long an evaluator that completes later. One that takes longer
   * has failed and is interrupted; a thread that does not heed that is left to itself. Without this
   * there is no limit.
   */
  public ExperimentPlan<I, E, O> timeout(@Nullable Duration timeout) {
    this.timeout = timeout;
    return this;
  }

  /** Hears of every item that is done, for example to print it. */
  public ExperimentPlan<I, E, O> progress(ExperimentProgress progress) {
    this.progress = progress;
    return this;
  }

  /** The moment whose items of the dataset these are; known by itself if they are a dataset. */
  public ExperimentPlan<I, E, O> datasetVersion(@Nullable Instant version) {
    this.datasetVersion = version;
    return this;
  }

  /**
   * Tells services that the task calls which experiment it is, as W3C baggage: in the headers of
   * every request that OpenTelemetry instruments, so that their observations are part of it.
   */
  public ExperimentPlan<I, E, O> asBaggage() {
    this.asBaggage = true;
    return this;
  }

  /**
   * Runs the task on every item and waits for all, for the evaluators, and for the delivery of
   * traces and scores. Items are worked on at the same time, on virtual threads where the JDK has
   * them. What a task or an evaluator throws is kept with the item.
   *
   * @throws RuntimeException what the data threw when it was read, after the items before it
   */
  public ExperimentResult<I, E, O> run() {
    String run =
        runName == null ? name + " - " + Instant.now().truncatedTo(ChronoUnit.MILLIS) : runName;
    ExperimentSpec spec =
        new ExperimentSpec(
            name,
            run,
            description,
            Collections.unmodifiableMap(new LinkedHashMap<>(metadata)),
            datasetVersion,
            asBaggage);
    return new ExperimentRun<>(this, spec).execute();
  }
}
