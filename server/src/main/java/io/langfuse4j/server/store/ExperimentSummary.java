package io.langfuse4j.server.store;

import io.langfuse4j.server.model.Observation.Experiment;
import java.time.Instant;

/**
 * An experiment as its items' observations tell of it.
 *
 * @param experiment as the last of them has it
 */
public record ExperimentSummary(
    String id, Experiment experiment, Instant startTime, Instant endTime, long items) {}
