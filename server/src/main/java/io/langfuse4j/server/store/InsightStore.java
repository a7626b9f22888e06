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

  /** What performance is told apart by. */
  enum Breakdown {
    /** Traces by the interval that they began in, oldest first. */
    TIME,
    /** Traces by name, the most frequent first. */
    NAME,
    /** Observations of the matching traces by model, the most frequent first. */
    MODEL
  }

  /**
   * How the matching traces went, told apart. The query's page and order do not count.
   *
   * @param step length of an interval; only for {@link Breakdown#TIME}
   */
  List<Performance> performance(TraceQuery query, Breakdown by, Duration step, int limit);
}
