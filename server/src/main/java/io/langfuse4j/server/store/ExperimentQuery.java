package io.langfuse4j.server.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which experiments, or items of experiments, are listed, newest first.
 *
 * @param from earliest start of an item
 * @param before end of that range; null for none
 * @param filters on experimentId, experimentName, datasetId and experimentItemId
 * @param after where the last page ended; null for the first
 */
public record ExperimentQuery(
    String project,
    Instant from,
    @Nullable Instant before,
    List<Filter> filters,
    @Nullable Position after,
    int limit) {

  public ExperimentQuery {
    filters = List.copyOf(filters);
  }

  /** A place in the list. */
  public record Position(Instant startTime, String id) {}
}
