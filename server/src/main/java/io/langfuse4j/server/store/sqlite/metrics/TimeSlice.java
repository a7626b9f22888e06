package io.langfuse4j.server.store.sqlite.metrics;

import io.langfuse4j.server.store.Intervals;
import io.langfuse4j.server.store.MetricsQuery.Granularity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of time, so short that its rows are sorted in memory.
 *
 * @param from milliseconds since 1970
 * @param to end of that range
 * @param interval the start of the interval that it lies in; null if intervals are not told apart
 */
record TimeSlice(long from, long to, @Nullable String interval) {
  private static final int MOST = 1_000;

  /**
   * Cuts a range. Slices of intervals lie in one interval each, so that their rows need not be
   * grouped by it; where that would make too many, they are cut without regard to intervals.
   *
   * @param from not before 1970
   * @param pieces how many there should be at least, roughly
   */
  static List<TimeSlice> cut(long from, long to, long pieces, @Nullable Granularity granularity) {
    if (granularity == null || (to - from) / Intervals.shortestMillis(granularity) >= MOST) {
      return even(from, to, pieces, null);
    }
    List<TimeSlice> intervals = intervals(from, to, granularity);
    long each = Math.max(1, pieces / intervals.size());
    return intervals.stream()
        .flatMap(slice -> even(slice.from(), slice.to(), each, slice.interval()).stream())
        .toList();
  }

  private static List<TimeSlice> intervals(long from, long to, Granularity granularity) {
    List<TimeSlice> slices = new ArrayList<>();
    long start = Intervals.start(granularity, from);
    while (start < to) {
      long next = Intervals.next(granularity, start);
      slices.add(
          new TimeSlice(
              Math.max(from, start), Math.min(to, next), Intervals.text(granularity, start)));
      start = next;
    }
    return slices;
  }

  private static List<TimeSlice> even(long from, long to, long wanted, @Nullable String interval) {
    long pieces = Math.max(1, Math.min(Math.min(MOST, wanted), to - from));
    List<TimeSlice> slices = new ArrayList<>();
    long width = (to - from) / pieces;
    for (long i = 0; i < pieces; i++) {
      long start = from + i * width;
      slices.add(new TimeSlice(start, i == pieces - 1 ? to : start + width, interval));
    }
    return slices;
  }
}
