package io.langfuse4j.server.store;

import io.langfuse4j.server.model.Observation;
import java.time.Instant;

/**
 * An observation as read back.
 *
 * @param inputBytes size of the input as UTF-8, also when the input itself was not asked for
 * @param outputBytes likewise
 * @param pricedBy where usage or cost in the observation come from if the sender gave none
 */
public record StoredObservation(
    Observation observation,
    long inputBytes,
    long outputBytes,
    PricedBy pricedBy,
    Instant createdAt,
    Instant updatedAt) {}
