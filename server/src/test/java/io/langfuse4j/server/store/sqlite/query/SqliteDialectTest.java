package io.langfuse4j.server.store.sqlite.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.store.Intervals;
import io.langfuse4j.server.store.MetricsQuery.Granularity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.JDBC;

class SqliteDialectTest {
  private static final long[] ODD_TIMES =
      Stream.of(
              "2026-11-16T00:00:00Z",
              "2026-11-15T23:59:59.999Z",
              "2024-02-29T12:00:00Z",
              "1970-01-01T00:00:00Z",
              "1970-01-04T23:59:59.999Z",
              "1969-12-31T23:59:59.999Z",
              "1969-12-28T12:00:00Z",
              "1900-03-01T00:00:01Z")
          .mapToLong(time -> Instant.parse(time).toEpochMilli())
          .toArray();

  @ParameterizedTest
  @EnumSource
  void intervalAndGroup_ofAnyTime_nameTheIntervalThatItLiesIn(Granularity granularity)
      throws SQLException {
    long century = Duration.ofDays(36_525).toMillis();
    LongStream times =
        LongStream.concat(
            LongStream.of(ODD_TIMES), new Random(5).longs(300, -century / 2, century));

    try (Connection connection = JDBC.createConnection("jdbc:sqlite::memory:", new Properties());
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT "
                    + SqliteDialect.SQL.interval(granularity, "t.time")
                    + ", "
                    + SqliteDialect.SQL.group(granularity, "t.time")
                    + " FROM (SELECT ? AS time) t")) {
      for (long time : times.toArray()) {
        select.setLong(1, time);
        try (ResultSet row = select.executeQuery()) {
          String expected = Intervals.text(granularity, Intervals.start(granularity, time));
          assertThat(row.getString(1)).as("interval of %d", time).isEqualTo(expected);
          assertThat(SqliteDialect.start(granularity, row.getObject(2)))
              .as("group of %d", time)
              .isEqualTo(expected);
        }
      }
    }
  }
}
