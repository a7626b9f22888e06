package io.langfuse4j.server.store;

import io.langfuse4j.server.model.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trace without its content: what lists show.
 *
 * @param timestamp earliest start seen
 * @param models names of the models used, in order of appearance
 * @param types names of the observation types it holds
 * @param inputPreview start of the input as plain text
 * @param complete a root has arrived and everything that arrived has ended
 */
public record TraceSummary(
    String id,
    @Nullable String name,
    Instant timestamp,
    @Nullable String userId,
    @Nullable String sessionId,
    String environment,
    @Nullable String release,
    @Nullable String version,
    boolean isPublic,
    boolean bookmarked,
    List<String> tags,
    List<String> models,
    List<String> types,
    Totals totals,
    @Nullable String inputPreview,
    @Nullable String outputPreview,
    boolean complete,
    Instant createdAt,
    Instant updatedAt) {

  public TraceSummary {
    tags = List.copyOf(tags);
    models = List.copyOf(models);
    types = List.copyOf(types);
  }

  /** The worst level of any observation; {@code DEFAULT} when there is none. */
  public Level worstLevel() {
    if (totals.errors() > 0) {
      return Level.ERROR;
    }
    if (totals.warnings() > 0) {
      return Level.WARNING;
    }
    return totals.defaults() > 0 || totals.debugs() == 0 ? Level.DEFAULT : Level.DEBUG;
  }

  /**
   * Sums over the trace's observations.
   *
   * @param firstStart null, like the two others, while the trace has no observation
   * @param inputTokens null, like the other units, when no observation counted any
   * @param totalCost US dollars; null, like the other costs, when no observation has any
   */
  public record Totals(
      long observations,
      long errors,
      long warnings,
      long defaults,
      long debugs,
      @Nullable Instant firstStart,
      @Nullable Instant lastStart,
      @Nullable Instant lastEnd,
      @Nullable Long inputTokens,
      @Nullable Long outputTokens,
      @Nullable Long totalTokens,
      @Nullable Double inputCost,
      @Nullable Double outputCost,
      @Nullable Double totalCost) {

    /** From the first start to the last start or end; null without observations. */
    public @Nullable Duration latency() {
      if (firstStart == null || lastStart == null) {
        return null;
      }
      Instant last = lastEnd != null && lastEnd.isAfter(lastStart) ? lastEnd : lastStart;
      return Duration.between(firstStart, last);
    }
  }
}
