package io.langfuse4j.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.store.MetricsQuery.Granularity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T18:44:59.999Z, MINUTE, 2026-11-21T18:44:00Z, 2026-11-21T18:45:00Z",
    "2026-11-21T18:44:00Z,     MINUTE, 2026-11-21T18:44:00Z, 2026-11-21T18:45:00Z",
    "1969-12-31T23:59:59.999Z, MINUTE, 1969-12-31T23:59:00Z, 1970-01-01T00:00:00Z",
    "2026-11-21T23:44:59.999Z, HOUR,   2026-11-21T23:00:00Z, 2026-11-22T00:00:00Z",
    "2026-03-29T01:30:00Z,     HOUR,   2026-03-29T01:00:00Z, 2026-03-29T02:00:00Z",
    "1969-12-31T23:59:59.999Z, HOUR,   1969-12-31T23:00:00Z, 1970-01-01T00:00:00Z",
    "2026-11-21T23:59:59.999Z, DAY,    2026-11-21,           2026-11-22",
    "2024-02-28T12:00:00Z,     DAY,    2024-02-28,           2024-02-29",
    "1969-12-31T23:59:59.999Z, DAY,    1969-12-31,           1970-01-01",
    "2026-11-16T00:00:00Z,     WEEK,   2026-11-16,           2026-11-23",
    "2026-11-22T23:59:59.999Z, WEEK,   2026-11-16,           2026-11-23",
    "1970-01-01T00:00:00Z,     WEEK,   1969-12-29,           1970-01-05",
    "1969-12-28T23:59:59.999Z, WEEK,   1969-12-22,           1969-12-29",
    "2026-11-30T23:59:59.999Z, MONTH,  2026-11-01,           2026-12-01",
    "2024-02-29T00:00:00Z,     MONTH,  2024-02-01,           2024-03-01",
    "1969-12-31T23:59:59.999Z, MONTH,  1969-12-01,           1970-01-01",
    "0000-01-01T00:00:00Z,     MONTH,  0000-01-01,           0000-02-01",
    "+10000-01-01T00:00:00Z,   HOUR, +10000-01-01T00:00:00Z, +10000-01-01T01:00:00Z",
    "+10000-01-01T00:00:00Z,   MONTH,  +10000-01-01,         +10000-02-01",
  })
  void aTime_liesInAnIntervalAndBeforeTheNext(
      Instant time, Granularity granularity, String interval, String next) {
    long start = Intervals.start(granularity, time.toEpochMilli());

    assertThat(Intervals.text(granularity, start)).isEqualTo(interval);
    assertThat(Intervals.text(granularity, Intervals.next(granularity, start))).isEqualTo(next);
    assertThat(Intervals.next(granularity, start) - start)
        .isGreaterThanOrEqualTo(Intervals.shortestMillis(granularity));
  }

  @Test
  void between_beginsWithTheOneThatTheFirstTimeLiesInAndEndsBeforeTheLast() {
    assertThat(
            Intervals.between(
                Instant.parse("2025-12-30T10:00:00Z"),
                Instant.parse("2026-01-12T00:00:00Z"),
                Granularity.WEEK,
                10))
        .containsExactly("2025-12-29", "2026-01-05");
  }

  @Test
  void between_moreThanAskedFor_areCut() {
    assertThat(
            Intervals.between(
                Instant.EPOCH, Instant.parse("2026-01-12T00:00:00Z"), Granularity.MONTH, 2))
        .containsExactly("1970-01-01", "1970-02-01");
  }

  @ParameterizedTest
  @CsvSource({"1, MINUTE", "2, HOUR", "71, HOUR", "72, DAY", "1440, WEEK", "8760, MONTH"})
  void suiting_isWhatLangfuseChooses(int hours, Granularity granularity) {
    assertThat(Intervals.suiting(Duration.ofHours(hours))).isEqualTo(granularity);
  }
}
