package io.langfuse4j.server.store;

import io.langfuse4j.server.store.MetricsQuery.Granularity;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/**
 * The intervals of time that metrics tell apart, in UTC; weeks begin on Monday. Times are
 * milliseconds since 1970, or before it where they are negative.
 */
public final class Intervals {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Intervals() {}

  /** What Langfuse chooses for a range of time. */
  public static Granularity suiting(Duration range) {
    long hours = range.toHours();
    if (hours < 2) {
      return Granularity.MINUTE;
    }
    if (hours < 72) {
      return Granularity.HOUR;
    }
    if (hours < 1440) {
      return Granularity.DAY;
    }
    return hours < 8760 ? Granularity.WEEK : Granularity.MONTH;
  }

  /** The texts of those from the one that a time lies in to another time; at most so many. */
  public static List<String> between(Instant from, Instant to, Granularity granularity, int most) {
    List<String> texts = new ArrayList<>();
    long end = to.toEpochMilli();
    long start = start(granularity, from.toEpochMilli());
    while (start < end && texts.size() < most) {
      texts.add(text(granularity, start));
      start = next(granularity, start);
    }
    return texts;
  }

  /** How long the shortest one is. */
  public static long shortestMillis(Granularity granularity) {
    return switch (granularity) {
      case MINUTE -> MINUTE;
      case HOUR -> HOUR;
      case DAY -> DAY;
      case WEEK -> 7 * DAY;
      case MONTH -> 28 * DAY;
    };
  }

  /** The start of the one that a time lies in. */
  public static long start(Granularity granularity, long millis) {
    return switch (granularity) {
      case MINUTE, HOUR, DAY -> millis - Math.floorMod(millis, shortestMillis(granularity));
      case WEEK -> millis(day(millis).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
      case MONTH -> millis(day(millis).withDayOfMonth(1));
    };
  }

  /** The start of the one after. */
  public static long next(Granularity granularity, long start) {
    return granularity == Granularity.MONTH
        ? millis(day(start).plusMonths(1))
        : start + shortestMillis(granularity);
  }

  /** How answers name the one with a start: its first minute or hour, or its first day. */
  public static String text(Granularity granularity, long start) {
    return switch (granularity) {
      case MINUTE, HOUR -> Instant.ofEpochMilli(start).toString();
      case DAY, WEEK, MONTH -> day(start).toString();
    };
  }

  private static LocalDate day(long millis) {
    return LocalDate.ofEpochDay(Math.floorDiv(millis, DAY));
  }

  private static long millis(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
