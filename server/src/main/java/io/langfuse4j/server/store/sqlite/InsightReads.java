package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.InsightStore.Grouping;
import io.langfuse4j.server.store.Performance;
import io.langfuse4j.server.store.PerformanceReport;
import io.langfuse4j.server.store.TraceGroup;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceVolume;
import io.langfuse4j.server.store.common.SqlDialect;
import io.langfuse4j.server.store.sql.Rows;
import io.langfuse4j.server.store.sqlite.PerformanceTally.Part;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Figures over many traces. */
final class InsightReads {
  private static final String FROM = " FROM trace t";

  /** One trace of so many is few. */
  private static final int FEW_OF_ALL = 10;

  private static final String TRACE_FIGURES =
      Part.columns(
          "t",
          "t.errors > 0",
          "CASE WHEN t.unfinished = 0 THEN " + SqliteDialect.SQL.traceMillis() + " END");

  private static final String CALL_FIGURES =
      Part.columns("o", "o.level = 'ERROR'", SqlDialect.MILLIS);

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
        "SELECT " + start(step) + " AS start, t.name AS name" + TRACE_FIGURES + FROM,
        tracesOf(connection, query),
        " GROUP BY 1, 2",
        row -> {
          Part part = Part.read(row);
          total.add(part);
          along.add(row.getLong("start"), part);
          names.add(row.getString("name"), part);
        });
    Performance all = total.named("");
    calls(
        connection,
        query,
        all.count() * FEW_OF_ALL < Sql.total(connection, "traces", query.project()),
        row -> models.add(row.getString("model"), Part.read(row)));
    return new PerformanceReport(
        all, along.inOrder(), names.mostFrequent(limit), models.mostFrequent(limit));
  }

  /** Most of the table is read in its order, not in that of an index. */
  private static Where tracesOf(Connection connection, TraceQuery query) throws SQLException {
    Where where = TraceReads.where(query);
    if (!TraceReads.isEverything(query)) {
      return where;
    }
    long all =
        Sql.rows(connection, "SELECT sum(traces) FROM project", row -> row.getLong(1)).get(0);
    boolean most = Sql.total(connection, "traces", query.project()) * 2 > all;
    return most ? where.byKey() : where;
  }

  /** Few traces are looked up; else all calls are read, in one index, and those of others left. */
  private static void calls(
      Connection connection, TraceQuery query, boolean ofFew, RowReader reader)
      throws SQLException {
    String select = "SELECT o.model AS model" + CALL_FIGURES;
    if (ofFew) {
      each(
          connection,
          select + FROM + " JOIN observation o ON o.trace = t.pk AND o.model IS NOT NULL",
          TraceReads.where(query),
          " GROUP BY 1",
          reader);
      return;
    }
    Where where = Where.project(query.project(), "o.project").and("o.model IS NOT NULL");
    if (!TraceReads.isEverything(query)) {
      where.andIn("o.trace", "SELECT t.pk" + FROM, TraceReads.where(query));
    }
    each(
        connection,
        select + " FROM observation o INDEXED BY observation_figures",
        where,
        " GROUP BY 1",
        reader);
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private static void each(
      Connection connection, String select, Where where, String end, RowReader reader)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(select + where.sql() + end)) {
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
