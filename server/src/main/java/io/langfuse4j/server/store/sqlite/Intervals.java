package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.MetricsQuery.Granularity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Intervals of metrics, in UTC; from 1970 on, in milliseconds. Weeks begin on Monday. */
final class Intervals {
  static final long MINUTE = 60_000;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  /** The first day of 1970 was a Thursday. */
  static final int DAYS_AFTER_MONDAY = 3;

  private static final long WEEK = 7 * DAY;
  private static final long SHIFT_OF_WEEKS = DAYS_AFTER_MONDAY * DAY;

  private Intervals() {}

  /** How long the shortest one is. */
  static long shortestMillis(Granularity granularity) {
    return switch (granularity) {
      case MINUTE -> MINUTE;
      case HOUR -> HOUR;
      case DAY -> DAY;
      case WEEK -> WEEK;
      case MONTH -> 28 * DAY;
    };
  }

  /** The start of the one that a time lies in. */
  static long start(Granularity granularity, long millis) {
    return switch (granularity) {
      case MINUTE, HOUR, DAY -> millis - Math.floorMod(millis, shortestMillis(granularity));
      case WEEK -> millis - Math.floorMod(millis + SHIFT_OF_WEEKS, WEEK);
      case MONTH -> millis(day(millis).withDayOfMonth(1));
    };
  }

  /** The start of the one after. */
  static long next(Granularity granularity, long start) {
    return granularity == Granularity.MONTH
        ? millis(day(start).plusMonths(1))
        : start + shortestMillis(granularity);
  }

  /** How answers name the one with a start. */
  static String text(Granularity granularity, long start) {
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
