package io.langfuse4j.experiment;

import io.langfuse4j.dataset.DatasetItem;
import io.langfuse4j.evaluator.Evaluation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What became of an item. Immutable.
 *
 * @param <I> the type of the input
 * @param <E> the type of the expected output
 * @param <O> the type of the output
 */
public final class ItemResult<
    I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object> {

  private final int index;
  private final DatasetItem<I, E> item;
  private final String itemId;
  private final @Nullable O output;
  private final @Nullable Throwable error;
  private final List<Evaluation> evaluations;
  private final Map<String, Throwable> evaluatorErrors;
  private final @Nullable String traceId;
  private final @Nullable String observationId;
  private final @Nullable String datasetRunId;
  private final Duration duration;

  ItemResult(ItemRun<I, E, O> run) {
    this.index = run.index;
    this.item = run.item;
    this.itemId = run.itemId;
    this.output = run.output;
    this.error = run.error;
    this.evaluations = List.copyOf(run.evaluations);
    this.evaluatorErrors = new LinkedHashMap<>(run.evaluatorErrors);
    this.traceId = run.traceId;
    this.observationId = run.observationId;
    this.datasetRunId = run.datasetRunId;
    this.duration = run.duration;
  }

  /** Its place in the data, from 0. */
  public int index() {
    return index;
  }

  public DatasetItem<I, E> item() {
    return item;
  }

  /** The id of the item in its dataset, or else one made of its input. */
  public String itemId() {
    return itemId;
  }

  /** What the task returned; null if it failed, or returned null. */
  public @Nullable O output() {
    return output;
  }

  /** What the task threw, a {@code TimeoutException} if it took too long; null if it succeeded. */
  public @Nullable Throwable error() {
    return error;
  }

  public boolean isFailed() {
    return error != null;
  }

  /** What the evaluators said, the composite one last. */
  public List<Evaluation> evaluations() {
    return evaluations;
  }

  /** The first evaluation of that name; null if there is none. */
  public @Nullable Evaluation evaluation(String name) {
    return evaluations.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }

  /** The value of the first evaluation of that name; empty if there is none or it is no number. */
  public OptionalDouble value(String name) {
    Evaluation evaluation = evaluation(name);
    return evaluation == null ? OptionalDouble.empty() : evaluation.number();
  }

  /** What evaluators threw, by their names. */
  public Map<String, Throwable> evaluatorErrors() {
    return Map.copyOf(evaluatorErrors);
  }

  /** The trace that shows how it came about; null if tracing is off. */
  public @Nullable String traceId() {
    return traceId;
  }

  /** The observation of the task, which the scores are about; null if tracing is off. */
  public @Nullable String observationId() {
    return observationId;
  }

  /** The run on the server that the trace is linked to; null if there is none. */
  public @Nullable String datasetRunId() {
    return datasetRunId;
  }

  /** How long the task took. */
  public Duration duration() {
    return duration;
  }

  @Override
  public String toString() {
    return (index + 1) + ". " + (error == null ? Objects.toString(evaluations) : error.toString());
  }
}
