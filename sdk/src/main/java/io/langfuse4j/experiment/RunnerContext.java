package io.langfuse4j.experiment;

import io.langfuse4j.Langfuse;
import io.langfuse4j.dataset.Dataset;
import io.langfuse4j.dataset.DatasetItem;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a build gives to every experiment in it: data and metadata that hold unless the experiment
 * says otherwise. Immutable.
 */
public final class RunnerContext<I extends @Nullable Object, E extends @Nullable Object> {

  private final Langfuse langfuse;
  private final @Nullable Collection<DatasetItem<I, E>> data;
  private final @Nullable Instant datasetVersion;
  private final Map<String, @Nullable Object> metadata;

  /**
   * Creates a context.
   *
   * @param data null if every experiment brings its own
   * @param datasetVersion the moment whose items {@code data} are; null for now, or for items that
   *     are in no dataset
   */
  public RunnerContext(
      Langfuse langfuse,
      @Nullable Collection<DatasetItem<I, E>> data,
      @Nullable Instant datasetVersion,
      Map<String, ? extends @Nullable Object> metadata) {
    this.langfuse = langfuse;
    this.data = data;
    this.datasetVersion = datasetVersion;
    this.metadata = new LinkedHashMap<>(metadata);
  }

  /** A context with a dataset of the server. */
  public static <I extends @Nullable Object, E extends @Nullable Object> RunnerContext<I, E> of(
      Langfuse langfuse, Dataset<I, E> dataset, Map<String, ? extends @Nullable Object> metadata) {
    return new RunnerContext<>(langfuse, dataset.items(), dataset.version(), metadata);
  }

  /**
   * An experiment over the data of this context.
   *
   * @throws IllegalStateException if it has none
   */
  public <O extends @Nullable Object> ExperimentPlan<I, E, O> experiment(
      String name, Task<I, E, O> task) {
    if (data == null) {
      throw new IllegalStateException(
          "The experiment '" + name + "' has no data: give it some, or give some to the context.");
    }
    return experiment(name, data, task).datasetVersion(datasetVersion);
  }

  /** An experiment over data of its own. */
  public <O extends @Nullable Object> ExperimentPlan<I, E, O> experiment(
      String name, Collection<DatasetItem<I, E>> ownData, Task<I, E, O> task) {
    return new Experiment(langfuse, name).data(ownData).task(task).metadata(metadata);
  }
}
