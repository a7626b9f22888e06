package io.langfuse4j.server.store;

import org.jspecify.annotations.Nullable;

/**
 * A trace as read back.
 *
 * @param input raw text, as in {@code TraceUpdate}; null if there is none or it was not asked for
 * @param output likewise
 * @param metadata JSON object text, {@code {}} if there is none or it was not asked for
 */
public record StoredTrace(
    TraceSummary summary, @Nullable String input, @Nullable String output, String metadata) {}
