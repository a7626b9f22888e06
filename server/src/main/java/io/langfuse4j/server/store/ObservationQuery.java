package io.langfuse4j.server.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of one project's observations.
 *
 * @param after only observations that come after this one in the order newest first
 * @param withContent whether input, output, metadata, tools and experiment are read too; otherwise
 *     they come back empty
 */
public record ObservationQuery(
    String project,
    List<Filter> filters,
    Order order,
    int limit,
    long offset,
    @Nullable Position after,
    boolean withContent) {

  public ObservationQuery {
    filters = List.copyOf(filters);
  }

  /** Every observation of a project, newest first, without content. */
  public static ObservationQuery of(String project) {
    return new ObservationQuery(project, List.of(), Order.NEWEST_OBSERVATION, 50, 0, null, false);
  }

  public ObservationQuery filters(List<Filter> conditions) {
    return new ObservationQuery(project, conditions, order, limit, offset, after, withContent);
  }

  public ObservationQuery order(Order by) {
    return new ObservationQuery(project, filters, by, limit, offset, after, withContent);
  }

  public ObservationQuery page(int size, long skip) {
    return new ObservationQuery(project, filters, order, size, skip, after, withContent);
  }

  public ObservationQuery after(@Nullable Position position) {
    return new ObservationQuery(project, filters, order, limit, offset, position, withContent);
  }

  public ObservationQuery content(boolean wanted) {
    return new ObservationQuery(project, filters, order, limit, offset, after, wanted);
  }

  /** The place of one observation in the order newest first. */
  public record Position(Instant startTime, String traceId, String id) {}
}
