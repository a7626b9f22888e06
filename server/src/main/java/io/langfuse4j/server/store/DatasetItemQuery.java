package io.langfuse4j.server.store;

import io.langfuse4j.server.model.DatasetItem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which items are listed; null means any.
 *
 * @param version the time whose versions are wanted; null for the present ones
 */
public record DatasetItemQuery(
    String project,
    @Nullable String datasetId,
    @Nullable String sourceTraceId,
    @Nullable String sourceObservationId,
    DatasetItem.@Nullable Status status,
    @Nullable Instant version,
    int limit,
    long offset) {}
