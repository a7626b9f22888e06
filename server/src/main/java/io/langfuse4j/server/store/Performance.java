package io.langfuse4j.server.store;

import org.jspecify.annotations.Nullable;

/**
 * How some traces, or calls of a model, went together.
 *
 * @param group what they have in common: milliseconds since 1970 at which their interval starts, a
 *     trace's name, or a model; empty for all together
 * @param inputTokens null, like the other sums, when none of them has any
 * @param totalCost US dollars
 * @param medianMillis half of them took no longer; null when none has ended
 * @param p95Millis 95 of 100 took no longer
 */
public record Performance(
    String group,
    long count,
    long errors,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable Long totalTokens,
    @Nullable Double totalCost,
    @Nullable Double medianMillis,
    @Nullable Double p95Millis) {}
