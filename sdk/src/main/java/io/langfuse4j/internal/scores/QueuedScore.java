package io.langfuse4j.internal.scores;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A score on its way, checked.
 *
 * @param eventId of the event that carries it; the server's answer refers to it
 * @param number of a numeric score, or 0 or 1 of a boolean; null for words
 * @param words of any other type
 * @param metadata JSON text
 */
public record QueuedScore(
    String eventId,
    String id,
    @Nullable String traceId,
    @Nullable String observationId,
    @Nullable String sessionId,
    @Nullable String datasetRunId,
    String name,
    String dataType,
    @Nullable Double number,
    @Nullable String words,
    @Nullable String comment,
    @Nullable String metadata,
    @Nullable String configId,
    @Nullable String environment,
    Instant timestamp) {

  private static final int FIXED_BYTES = 600;

  /** Roughly what it takes in memory and in a request. */
  public long bytes() {
    return FIXED_BYTES
        + length(name)
        + length(words)
        + length(comment)
        + length(metadata)
        + length(traceId)
        + length(sessionId)
        + length(datasetRunId);
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : 2L * text.length();
  }
}
