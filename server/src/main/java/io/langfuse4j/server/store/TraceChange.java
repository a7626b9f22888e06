package io.langfuse4j.server.store;

import java.time.Instant;

/** A trace that has been created or changed, told after it can be read. */
public record TraceChange(String project, String traceId, Instant timestamp) {}
