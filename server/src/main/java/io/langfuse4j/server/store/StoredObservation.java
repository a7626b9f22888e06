package io.langfuse4j.server.store;

import io.langfuse4j.server.model.Observation;
import java.time.Instant;

/**
 * An observation as read back.
 *
 * @param inputBytes size of the input as UTF-8, also when the input itself was not asked for
 * @param outputBytes likewise
 */
public record StoredObservation(
    Observation observation,
    long inputBytes,
    long outputBytes,
    Instant createdAt,
    Instant updatedAt) {}
