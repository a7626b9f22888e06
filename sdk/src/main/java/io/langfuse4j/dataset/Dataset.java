package io.langfuse4j.dataset;

import io.langfuse4j.api.DatasetDetails;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dataset on the server and its items, as they were when they were fetched. Immutable.
 *
 * @param <I> the type of the inputs
 * @param <E> the type of the expected outputs
 */
public final class Dataset<I extends @Nullable Object, E extends @Nullable Object>
    implements Iterable<DatasetItem<I, E>> {

  private final DatasetDetails details;
  private final List<DatasetItem<I, E>> items;
  private final @Nullable Instant version;

  Dataset(DatasetDetails details, List<DatasetItem<I, E>> items, @Nullable Instant version) {
    this.details = details;
    this.items = List.copyOf(items);
    this.version = version;
  }

  public String name() {
    return details.name();
  }

  public String id() {
    return details.id();
  }

  /** Description, metadata, schemas and times. */
  public DatasetDetails details() {
    return details;
  }

  public List<DatasetItem<I, E>> items() {
    return items;
  }

  /** The moment whose items these are; null for now. */
  public @Nullable Instant version() {
    return version;
  }

  /**
   * The dataset in types of one's own, records for example.
   *
   * @throws IllegalArgumentException if an item does not fit
   */
  public <J, F> Dataset<J, F> as(Class<J> inputType, Class<F> expectedOutputType) {
    return new Dataset<>(
        details,
        items.stream().map(item -> item.as(inputType, expectedOutputType)).toList(),
        version);
  }

  @Override
  public Iterator<DatasetItem<I, E>> iterator() {
    return items.iterator();
  }

  @Override
  public String toString() {
    return name() + " (" + items.size() + " items)";
  }
}
