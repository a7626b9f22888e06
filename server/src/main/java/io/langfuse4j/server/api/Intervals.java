package io.langfuse4j.server.api;

import io.langfuse4j.server.store.MetricsQuery.Granularity;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/** The intervals of time that metrics tell apart, in UTC. */
final class Intervals {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");

  private Intervals() {}

  /** What Langfuse chooses for a range of time. */
  static Granularity suiting(Duration range) {
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

  /** Starts of the intervals from one time to another, as metrics show them; at most so many. */
  static List<String> between(Instant from, Instant to, Granularity granularity, int most) {
    List<String> starts = new ArrayList<>();
    ZonedDateTime start = floor(from.atZone(ZoneOffset.UTC), granularity);
    while (start.toInstant().isBefore(to) && starts.size() < most) {
      starts.add(text(start, granularity));
      start = next(start, granularity);
    }
    return starts;
  }

  private static ZonedDateTime floor(ZonedDateTime time, Granularity granularity) {
    ZonedDateTime day = time.truncatedTo(ChronoUnit.DAYS);
    return switch (granularity) {
      case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
    };
  }

  private static ZonedDateTime next(ZonedDateTime start, Granularity granularity) {
    return switch (granularity) {
      case MINUTE -> start.plusMinutes(1);
      case HOUR -> start.plusHours(1);
      case DAY -> start.plusDays(1);
      case WEEK -> start.plusWeeks(1);
      case MONTH -> start.plusMonths(1);
    };
  }

  private static String text(ZonedDateTime start, Granularity granularity) {
    return switch (granularity) {
      case MINUTE, HOUR -> TIME.format(start);
      case DAY, WEEK, MONTH -> LocalDate.from(start).toString();
    };
  }
}
