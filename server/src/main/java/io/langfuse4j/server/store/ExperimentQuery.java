package io.langfuse4j.server.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which experiments, or items of experiments, are listed, newest first. Empty lists mean any.
 *
 * @param from earliest start of an item
 * @param before end of that range; null for none
 * @param after where the last page ended; null for the first
 */
public record ExperimentQuery(
    String project,
    Instant from,
    @Nullable Instant before,
    List<String> ids,
    List<String> names,
    List<String> datasetIds,
    List<String> itemIds,
    @Nullable Position after,
    int limit) {

  public ExperimentQuery {
    ids = List.copyOf(ids);
    names = List.copyOf(names);
    datasetIds = List.copyOf(datasetIds);
    itemIds = List.copyOf(itemIds);
  }

  /** A place in the list. */
  public record Position(Instant startTime, String id) {}
}
