package io.langfuse4j.server.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of one project's scores, newest first.
 *
 * @param after only scores that come after this one; null from the top
 */
public record ScoreQuery(
    String project, List<Filter> filters, int limit, long offset, @Nullable Position after) {

  public ScoreQuery {
    filters = List.copyOf(filters);
  }

  /** Every score of a project. */
  public static ScoreQuery of(String project) {
    return new ScoreQuery(project, List.of(), 50, 0, null);
  }

  public ScoreQuery filters(List<Filter> conditions) {
    return new ScoreQuery(project, conditions, limit, offset, after);
  }

  public ScoreQuery page(int size, long skip) {
    return new ScoreQuery(project, filters, size, skip, after);
  }

  public ScoreQuery after(@Nullable Position position) {
    return new ScoreQuery(project, filters, limit, offset, position);
  }

  /** The place of one score in the order newest first. */
  public record Position(Instant timestamp, String id) {}
}
