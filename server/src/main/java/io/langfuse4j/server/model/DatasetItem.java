package io.langfuse4j.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One item of a dataset, at one time.
 *
 * @param input JSON text; so are the expected output and the metadata
 * @param createdAt when the item was made
 * @param updatedAt when this version of it was made
 */
public record DatasetItem(
    String id,
    String datasetId,
    String datasetName,
    Status status,
    @Nullable String sourceTraceId,
    @Nullable String sourceObservationId,
    @Nullable String input,
    @Nullable String expectedOutput,
    @Nullable String metadata,
    Instant createdAt,
    Instant updatedAt) {

  /** Whether an item takes part in runs. */
  public enum Status {
    ACTIVE,
    ARCHIVED
  }

  /** What is said about an item; null leaves what is stored. */
  public record Draft(
      String id,
      String datasetName,
      @Nullable Status status,
      @Nullable String sourceTraceId,
      @Nullable String sourceObservationId,
      @Nullable String input,
      @Nullable String expectedOutput,
      @Nullable String metadata) {}
}
