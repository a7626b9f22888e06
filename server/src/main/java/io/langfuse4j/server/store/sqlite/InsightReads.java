package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.InsightStore.Grouping;
import io.langfuse4j.server.store.PerformanceReport;
import io.langfuse4j.server.store.TraceGroup;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceVolume;
import io.langfuse4j.server.store.sql.Rows;
import io.langfuse4j.server.store.sqlite.PerformanceTally.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

  PerformanceReport performance(Connection connection, TraceQuery query, Duration step, int limit)
      throws SQLException {
    PerformanceTally total = new PerformanceTally();
    PerformanceTally.Groups<Long> along = new PerformanceTally.Groups<>();
    PerformanceTally.Groups<String> names = new PerformanceTally.Groups<>();
    PerformanceTally.Groups<String> models = new PerformanceTally.Groups<>();
    each(
        connection,
        "SELECT "
            + start(step)
            + ", t.name, t.errors > 0, t.input_tokens, t.output_tokens,"
            + " t.total_tokens, t.total_cost, CASE WHEN t.unfinished = 0 THEN "
            + SqliteDialect.SQL.traceMillis()
            + " END"
            + FROM,
        TraceReads.where(query),
        row -> {
          Row figures = Row.read(row, 3);
          total.add(figures);
          along.add(row.getLong(1), figures);
          names.add(row.getString(2), figures);
        });
    each(
        connection,
        "SELECT o.model, o.level = 'ERROR', o.input_tokens, o.output_tokens, o.total_tokens,"
            + " o.total_cost, o.end_time - o.start_time"
            + FROM
            + " JOIN observation o ON o.trace = t.pk AND o.model IS NOT NULL",
        TraceReads.where(query),
        row -> models.add(row.getString(1), Row.read(row, 2)));
    return new PerformanceReport(
        total.named(""), along.inOrder(), names.mostFrequent(limit), models.mostFrequent(limit));
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** Without a list of the rows: there may be very many. */
  private static void each(Connection connection, String select, Where where, RowReader reader)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(select + where.sql())) {
      where.bind(statement, 1);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          reader.read(row);
        }
      }
    }
  }

  private static String start(Duration step) {
    long millis = Math.max(1, step.toMillis());
    return "t.timestamp / " + millis + " * " + millis;
  }
}
