package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.InsightStore.Breakdown;
import io.langfuse4j.server.store.InsightStore.Grouping;
import io.langfuse4j.server.store.Performance;
import io.langfuse4j.server.store.TraceGroup;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceVolume;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Figures over many traces. */
final class InsightReads {
  private static final String FROM = " FROM trace t";

  List<TraceVolume> volume(Connection connection, TraceQuery query, Duration step)
      throws SQLException {
    return Sql.list(
        connection,
        "SELECT "
            + start(step)
            + " AS start, count(*) AS traces, sum(t.errors > 0) AS errors"
            + FROM,
        TraceReads.where(query),
        "GROUP BY 1 ORDER BY 1",
        row ->
            new TraceVolume(
                Rows.requiredInstant(row, "start"), row.getLong("traces"), row.getLong("errors")));
  }

  List<TraceGroup> groups(Connection connection, TraceQuery query, Grouping by)
      throws SQLException {
    // SQLite takes bare columns from the row that holds the maximum: the newest trace.
    return Sql.list(
        connection,
        "SELECT "
            + column(by)
            + " AS id, count(*) AS traces, sum(t.errors > 0) AS errors,"
            + " min(t.timestamp) AS first, max(t.timestamp) AS last,"
            + " sum(t.total_tokens) AS tokens, sum(t.total_cost) AS cost,"
            + " t.name AS name, t.user_id AS user_id, t.input_preview AS input_preview,"
            + " t.output_preview AS output_preview"
            + FROM,
        grouped(query, by),
        "GROUP BY 1 ORDER BY last DESC, 1 LIMIT ? OFFSET ?",
        InsightReads::group,
        query.limit(),
        query.offset());
  }

  long countGroups(Connection connection, TraceQuery query, Grouping by) throws SQLException {
    return Sql.count(
        connection, "SELECT count(DISTINCT " + column(by) + ")" + FROM, grouped(query, by));
  }

  private static Where grouped(TraceQuery query, Grouping by) {
    return TraceReads.where(query).and(column(by) + " IS NOT NULL");
  }

  private static String column(Grouping by) {
    return switch (by) {
      case USER -> "t.user_id";
      case SESSION -> "t.session_id";
    };
  }

  private static TraceGroup group(ResultSet row) throws SQLException {
    return new TraceGroup(
        Rows.required(row, "id"),
        row.getLong("traces"),
        row.getLong("errors"),
        Rows.requiredInstant(row, "first"),
        Rows.requiredInstant(row, "last"),
        Rows.integer(row, "tokens"),
        Rows.real(row, "cost"),
        new TraceGroup.Latest(
            Rows.text(row, "name"),
            Rows.text(row, "user_id"),
            Rows.text(row, "input_preview"),
            Rows.text(row, "output_preview")));
  }

  List<Performance> performance(
      Connection connection, TraceQuery query, Breakdown by, Duration step, int limit)
      throws SQLException {
    Where where = TraceReads.where(query);
    String rows =
        switch (by) {
          case TIME -> traces(start(step));
          case NAME -> traces("t.name");
          case MODEL ->
              "SELECT o.model AS part, o.level = 'ERROR' AS failed, o.input_tokens AS input_tokens,"
                  + " o.output_tokens AS output_tokens, o.total_tokens AS total_tokens,"
                  + " o.total_cost AS total_cost, o.end_time - o.start_time AS took"
                  + " FROM trace t JOIN observation o ON o.trace = t.pk AND o.model IS NOT NULL";
        };
    // The row whose rank is the share of all that ended is the percentile.
    return Sql.list(
        connection,
        "SELECT part, count(*) AS count, sum(failed) AS errors, sum(input_tokens) AS input_tokens,"
            + " sum(output_tokens) AS output_tokens, sum(total_tokens) AS total_tokens,"
            + " sum(total_cost) AS total_cost,"
            + " min(took) FILTER (WHERE rank >= 0.5 * ended) AS p50,"
            + " min(took) FILTER (WHERE rank >= 0.95 * ended) AS p95"
            + " FROM (SELECT *, count(took) OVER (PARTITION BY part) AS ended,"
            + " row_number() OVER (PARTITION BY part ORDER BY took IS NULL, took) AS rank"
            + " FROM ("
            + rows,
        where,
        ")) WHERE part IS NOT NULL GROUP BY part ORDER BY "
            + (by == Breakdown.TIME ? "part" : "2 DESC, part")
            + " LIMIT ?",
        row ->
            new Performance(
                Rows.required(row, "part"),
                row.getLong("count"),
                row.getLong("errors"),
                Rows.integer(row, "input_tokens"),
                Rows.integer(row, "output_tokens"),
                Rows.integer(row, "total_tokens"),
                Rows.real(row, "total_cost"),
                Rows.real(row, "p50"),
                Rows.real(row, "p95")),
        limit);
  }

  private static String traces(String part) {
    return "SELECT "
        + part
        + " AS part, t.errors > 0 AS failed, t.input_tokens AS input_tokens,"
        + " t.output_tokens AS output_tokens, t.total_tokens AS total_tokens,"
        + " t.total_cost AS total_cost,"
        + " CASE WHEN t.unfinished = 0 THEN"
        + " max(t.last_start, coalesce(t.last_end, t.last_start)) - t.first_start END AS took"
        + FROM;
  }

  private static String start(Duration step) {
    long millis = Math.max(1, step.toMillis());
    return "t.timestamp / " + millis + " * " + millis;
  }
}
