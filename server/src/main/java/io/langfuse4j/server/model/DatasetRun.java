package io.langfuse4j.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One go through a dataset's items.
 *
 * @param metadata JSON object text
 */
public record DatasetRun(
    String id,
    String name,
    @Nullable String description,
    String metadata,
    String datasetId,
    String datasetName,
    Instant createdAt,
    Instant updatedAt) {

  /** What a run made of an item: the trace, or the observation in it. */
  public record Item(
      String id,
      String runId,
      String runName,
      String itemId,
      String traceId,
      @Nullable String observationId,
      Instant createdAt) {}

  /**
   * An item that is to be added to a run, which is made with it.
   *
   * @param metadata JSON object text, merged into the run's
   * @param itemVersion the time whose version of the item was used; null for the present one
   */
  public record Draft(
      String id,
      String runName,
      @Nullable String runDescription,
      String metadata,
      String itemId,
      @Nullable Instant itemVersion,
      String traceId,
      @Nullable String observationId,
      Instant createdAt) {}
}
