package io.langfuse4j.server.store;

import io.langfuse4j.server.model.Score;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A score as read back.
 *
 * @param trace the trace that it belongs to; null for scores of sessions and runs, and while the
 *     trace has not arrived
 */
public record StoredScore(
    Score score, Instant createdAt, Instant updatedAt, @Nullable OfTrace trace) {

  /** What lists of scores show of a trace. */
  public record OfTrace(
      @Nullable String userId, @Nullable String sessionId, String environment, List<String> tags) {
    public OfTrace {
      tags = List.copyOf(tags);
    }
  }
}
