package io.langfuse4j.server.model;

import org.jspecify.annotations.Nullable;

/**
 * What one span became: an observation, and what it says about its trace.
 *
 * @param trace null only where the sender named no trace, which OTLP cannot do
 */
public record MappedSpan(Observation observation, @Nullable TraceUpdate trace) {}
