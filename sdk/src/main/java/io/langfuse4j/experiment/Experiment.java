package io.langfuse4j.experiment;

import io.langfuse4j.Langfuse;
import io.langfuse4j.dataset.Dataset;
import io.langfuse4j.dataset.DatasetItem;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an experiment: a name, which asks for data, which asks for a task.
 *
 * <pre>{@code
 * ExperimentResult<String, String, String> result =
 *     langfuse
 *         .experiment("capitals")
 *         .data(langfuse.datasets().get("capitals").as(String.class, String.class))
 *         .task(item -> ask(item.input()))
 *         .evaluator("correct", r -> r.output().equals(r.expectedOutput()))
 *         .maxConcurrency(8)
 *         .run();
 * System.out.println(result.format());
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class Experiment {

  private final Langfuse langfuse;
  private final String name;

  /** Begins an experiment; {@code langfuse.experiment(name)} does the same. */
  public Experiment(Langfuse langfuse, String name) {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("An experiment has a name that is not empty.");
    }
    this.langfuse = langfuse;
    this.name = name;
  }

  /** Over a dataset on the server; its traces become a run of the dataset. */
  public <I extends @Nullable Object, E extends @Nullable Object> Data<I, E> data(
      Dataset<I, E> dataset) {
    return new Data<>(dataset, dataset.items().size(), dataset.version());
  }

  /** Over items, of the program's own or of a dataset. */
  public <I extends @Nullable Object, E extends @Nullable Object> Data<I, E> data(
      Collection<DatasetItem<I, E>> items) {
    return new Data<>(items, items.size(), null);
  }

  /** Over items that are looked at one by one, and once, so that they need not fit into memory. */
  @SuppressWarnings("StreamToIterable") // a second run fails with the words of the stream
  public <I extends @Nullable Object, E extends @Nullable Object> Data<I, E> data(
      Stream<DatasetItem<I, E>> items) {
    return new Data<>(items::iterator, -1, null);
  }

  /** Over values that become items. */
  public <T, I extends @Nullable Object, E extends @Nullable Object> Data<I, E> data(
      Collection<T> values, Function<? super T, DatasetItem<I, E>> item) {
    return data(values.stream().map(item).toList());
  }

  /**
   * An experiment with its data.
   *
   * @param <I> the type of the inputs
   * @param <E> the type of the expected outputs
   */
  public final class Data<I extends @Nullable Object, E extends @Nullable Object> {

    private final Iterable<DatasetItem<I, E>> items;
    private final int size;
    private final @Nullable Instant version;

    private Data(Iterable<DatasetItem<I, E>> items, int size, @Nullable Instant version) {
      this.items = items;
      this.size = size;
      this.version = version;
    }

    /** What is tried on each item. */
    public <O extends @Nullable Object> ExperimentPlan<I, E, O> task(Task<I, E, O> task) {
      return new ExperimentPlan<>(langfuse, name, this, task);
    }

    /** {@link #task} for what returns at once and completes later. */
    public <O extends @Nullable Object> ExperimentPlan<I, E, O> asyncTask(
        Task<I, E, ? extends CompletionStage<O>> task) {
      return task(item -> Waiting.join(task.run(item)));
    }

    Iterator<DatasetItem<I, E>> iterator() {
      return items.iterator();
    }

    /** -1 if it is not known. */
    int size() {
      return size;
    }

    @Nullable Instant version() {
      return version;
    }
  }
}
