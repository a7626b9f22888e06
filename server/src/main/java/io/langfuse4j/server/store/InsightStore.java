package io.langfuse4j.server.store;

import java.time.Duration;
import java.util.List;

/** Figures over many traces, for overviews. Reads only; the promises are {@link TraceStore}'s. */
public interface InsightStore {

  /** What traces can be grouped by. Traces without the property belong to no group. */
  enum Grouping {
    USER,
    SESSION
  }

  /**
   * How many traces there are along the time, oldest first. Intervals start at multiples of the
   * step since 1970; those without a trace are left out. The query's page and order do not count.
   *
   * @param step at least one millisecond
   */
  List<TraceVolume> volume(TraceQuery query, Duration step);

  /** One page of the users or sessions of the matching traces, the most recently seen first. */
  List<TraceGroup> groups(TraceQuery query, Grouping by);

  /** How many users or sessions the matching traces have, whatever the query's page. */
  long countGroups(TraceQuery query, Grouping by);

  /**
   * How the matching traces went. The query's page and order do not count. What has not ended does
   * not count for percentiles.
   *
   * @param step length of the intervals
   * @param limit how many names and models are told of
   */
  PerformanceReport performance(TraceQuery query, Duration step, int limit);
}
