package io.langfuse4j.server.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which prompts are listed; null means any. Only versions that match are shown of a prompt. */
public record PromptQuery(
    String project,
    @Nullable String name,
    @Nullable Integer version,
    @Nullable String label,
    @Nullable String tag,
    @Nullable Instant updatedFrom,
    @Nullable Instant updatedTo,
    int limit,
    long offset) {}
