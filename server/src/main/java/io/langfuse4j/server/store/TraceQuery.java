package io.langfuse4j.server.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of one project's traces.
 *
 * @param search the id of the trace or of one of its observations; or words, all of which the trace
 *     has in its name, user, session, or in the name, input, output or status message of an
 *     observation. Words are runs of letters and digits; letter case does not matter; the last one
 *     may be the beginning of a word. Blank text restricts nothing.
 * @param after only traces that come after this one in the order newest first; null from the top
 * @param withContent whether input, output and metadata are read too
 */
public record TraceQuery(
    String project,
    List<Filter> filters,
    @Nullable String search,
    Order order,
    int limit,
    long offset,
    @Nullable Position after,
    boolean withContent) {

  public TraceQuery {
    filters = List.copyOf(filters);
  }

  /** Every trace of a project, newest first, without content. */
  public static TraceQuery of(String project) {
    return new TraceQuery(project, List.of(), null, Order.NEWEST_TRACE, 50, 0, null, false);
  }

  public TraceQuery filters(List<Filter> conditions) {
    return new TraceQuery(project, conditions, search, order, limit, offset, after, withContent);
  }

  public TraceQuery search(@Nullable String text) {
    return new TraceQuery(project, filters, text, order, limit, offset, after, withContent);
  }

  public TraceQuery order(Order by) {
    return new TraceQuery(project, filters, search, by, limit, offset, after, withContent);
  }

  public TraceQuery page(int size, long skip) {
    return new TraceQuery(project, filters, search, order, size, skip, after, withContent);
  }

  public TraceQuery after(@Nullable Position position) {
    return new TraceQuery(project, filters, search, order, limit, offset, position, withContent);
  }

  public TraceQuery content(boolean wanted) {
    return new TraceQuery(project, filters, search, order, limit, offset, after, wanted);
  }

  /** The place of one trace in the order newest first. */
  public record Position(Instant timestamp, String id) {}
}
