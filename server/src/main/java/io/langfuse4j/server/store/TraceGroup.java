package io.langfuse4j.server.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Traces that have something in common: their user or their session.
 *
 * @param id of the user or session
 * @param errors how many of the traces have an error
 * @param first timestamp of the oldest trace
 * @param last timestamp of the newest trace
 * @param totalTokens null when no trace counted any
 * @param totalCost US dollars; null when no trace has any
 * @param latest the newest trace
 */
public record TraceGroup(
    String id,
    long traces,
    long errors,
    Instant first,
    Instant last,
    @Nullable Long totalTokens,
    @Nullable Double totalCost,
    Latest latest) {

  /** What a list shows of a group's newest trace. */
  public record Latest(
      @Nullable String name,
      @Nullable String userId,
      @Nullable String inputPreview,
      @Nullable String outputPreview) {}
}
