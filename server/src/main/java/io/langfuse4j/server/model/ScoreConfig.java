package io.langfuse4j.server.model;

import io.langfuse4j.server.model.Score.DataType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What scores of one kind must look like.
 *
 * @param archived no new scores may refer to it
 * @param minValue bounds of a numeric score; null for none
 * @param categories of a categorical or boolean score; null for the other types
 */
public record ScoreConfig(
    String id,
    String name,
    DataType dataType,
    boolean archived,
    @Nullable String description,
    @Nullable Double minValue,
    @Nullable Double maxValue,
    @Nullable List<Category> categories,
    Instant createdAt,
    Instant updatedAt) {

  public ScoreConfig {
    categories = categories == null ? null : List.copyOf(categories);
  }

  /** One of the values that a score may have. */
  public record Category(String label, double value) {}
}
