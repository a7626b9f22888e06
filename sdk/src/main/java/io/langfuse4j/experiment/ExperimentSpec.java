package io.langfuse4j.experiment;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is the same for all items of a run. */
record ExperimentSpec(
    String name,
    String runName,
    @Nullable String description,
    Map<String, @Nullable Object> metadata,
    @Nullable Instant datasetVersion,
    boolean asBaggage) {}
