package io.langfuse4j.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A named list of items to try programs on.
 *
 * @param metadata JSON text
 * @param inputSchema JSON text of the JSON schema that the items' inputs follow
 * @param expectedOutputSchema likewise
 */
public record Dataset(
    String id,
    String name,
    @Nullable String description,
    @Nullable String metadata,
    @Nullable String inputSchema,
    @Nullable String expectedOutputSchema,
    Instant createdAt,
    Instant updatedAt) {

  /** What is said about a dataset; null leaves what is stored. */
  public record Draft(
      String id,
      String name,
      @Nullable String description,
      @Nullable String metadata,
      @Nullable String inputSchema,
      @Nullable String expectedOutputSchema) {}
}
