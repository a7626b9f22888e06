package io.langfuse4j.server.store.sqlite.metrics;

import io.langfuse4j.server.store.InsightStore.Grouping;
import io.langfuse4j.server.store.PerformanceReport;
import io.langfuse4j.server.store.TraceGroup;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceVolume;
import io.langfuse4j.server.store.common.SqlDialect;
import io.langfuse4j.server.store.sql.Rows;
import io.langfuse4j.server.store.sqlite.database.Team;
import io.langfuse4j.server.store.sqlite.metrics.PerformanceTally.Part;
import io.langfuse4j.server.store.sqlite.query.Sql;
import io.langfuse4j.server.store.sqlite.query.SqliteDialect;
import io.langfuse4j.server.store.sqlite.query.Where;
import io.langfuse4j.server.store.sqlite.search.TraceConditions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Figures over many traces. */
public final class InsightReads {
  private static final String FROM = " FROM trace t";

  /** One trace of so many is few. */
  private static final int FEW_OF_ALL = 10;

  /** Each of which finds the traces in question by itself. */
  private static final int FEW_PIECES = 4;

  private static final String TRACE_FIGURES =
      Part.columns(
          "t",
          "t.errors > 0",
          "CASE WHEN t.unfinished = 0 THEN " + SqliteDialect.SQL.traceMillis() + " END");

  private static final String CALL_FIGURES =
      Part.columns("o", "o.level = 'ERROR'", SqlDialect.MILLIS);

  private static final String SELECT_CALLS = "SELECT o.model AS model" + CALL_FIGURES;

  private final long rowsPerSlice;

  /**
   * @param rowsPerSlice how many rows are better sorted at a time than together with others
   */
  public InsightReads(long rowsPerSlice) {
    this.rowsPerSlice = rowsPerSlice;
  }

  public List<TraceVolume> volume(Connection connection, TraceQuery query, Duration step)
      throws SQLException {
    return Sql.list(
        connection,
        "SELECT "
            + start(step)
            + " AS start, count(*) AS traces, sum(t.errors > 0) AS errors"
            + FROM,
        TraceConditions.all(query),
        "GROUP BY 1 ORDER BY 1",
        row ->
            new TraceVolume(
                Rows.requiredInstant(row, "start"), row.getLong("traces"), row.getLong("errors")));
  }

  public List<TraceGroup> groups(Connection connection, TraceQuery query, Grouping by)
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

  public long countGroups(Connection connection, TraceQuery query, Grouping by)
      throws SQLException {
    return Sql.count(
        connection, "SELECT count(DISTINCT " + column(by) + ")" + FROM, grouped(query, by));
  }

  private static Where grouped(TraceQuery query, Grouping by) {
    return TraceConditions.all(query).and(column(by) + " IS NOT NULL");
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

  public PerformanceReport performance(Team team, TraceQuery query, Duration step, int limit)
      throws SQLException {
    PerformanceTally total = new PerformanceTally();
    PerformanceTally.Groups<Long> along = new PerformanceTally.Groups<>();
    PerformanceTally.Groups<String> names = new PerformanceTally.Groups<>();
    PerformanceTally.Groups<String> models = new PerformanceTally.Groups<>();
    String select = "SELECT " + start(step) + " AS start, t.name AS name" + TRACE_FIGURES + FROM;
    List<Team.Part> parts = new ArrayList<>();
    for (Where where : tracesOf(team.own(), query)) {
      parts.add(
          part(
              select,
              where,
              " GROUP BY 1, 2",
              row -> {
                Long start = row.getLong("start");
                String name = row.getString("name");
                Part part = Part.read(row);
                return () -> {
                  total.add(part);
                  along.add(start, part);
                  names.add(name, part);
                };
              }));
    }
    if (!TraceConditions.isEverything(query)) {
      team.read(parts);
      parts.clear();
    }
    boolean ofFew =
        !TraceConditions.isEverything(query)
            && total.count() * FEW_OF_ALL < Sql.total(team.own(), "traces", query.project());
    RowReader ofModels =
        row -> {
          String model = row.getString("model");
          Part part = Part.read(row);
          return () -> models.add(model, part);
        };
    parts.addAll(ofFew ? callsOfFew(query, ofModels) : calls(team.own(), query, ofModels));
    team.read(parts);
    return new PerformanceReport(
        total.named(""), along.inOrder(), names.mostFrequent(limit), models.mostFrequent(limit));
  }

  /** In pieces if it is everything. Most of the table is read in its order, not in an index's. */
  private List<Where> tracesOf(Connection connection, TraceQuery query) throws SQLException {
    Where where = TraceConditions.all(query);
    if (!TraceConditions.isEverything(query)) {
      return List.of(where);
    }
    long traces = Sql.total(connection, "traces", query.project());
    long all =
        Sql.rows(connection, "SELECT sum(traces) FROM project", row -> row.getLong(1)).get(0);
    if (traces * 2 <= all) {
      return List.of(where);
    }
    long last = Sql.rows(connection, "SELECT max(pk) FROM trace", row -> row.getLong(1)).get(0);
    long pieces = Math.max(1, all / rowsPerSlice);
    return LongStream.range(0, pieces)
        .mapToObj(
            i ->
                TraceConditions.all(query)
                    .byKey()
                    .and("t.pk > ?", i == 0 ? Long.MIN_VALUE : last / pieces * i)
                    .and("t.pk <= ?", i == pieces - 1 ? last : last / pieces * (i + 1)))
        .toList();
  }

  /** Few traces are looked up. */
  private static List<Team.Part> callsOfFew(TraceQuery query, RowReader reader) {
    return List.of(
        part(
            SELECT_CALLS + FROM + " JOIN observation o ON o.trace = t.pk AND o.model IS NOT NULL",
            TraceConditions.all(query),
            " GROUP BY 1",
            reader));
  }

  /** All calls are read, in one index, and those of other traces left. */
  private List<Team.Part> calls(Connection connection, TraceQuery query, RowReader reader)
      throws SQLException {
    boolean everything = TraceConditions.isEverything(query);
    Extent extent = Extent.ofObservations(connection, query.project());
    if (extent == null) {
      return List.of();
    }
    long slices = extent.rows() / rowsPerSlice;
    return TimeSlice.cut(
            extent.from(), extent.to(), everything ? slices : Math.min(slices, FEW_PIECES), null)
        .stream()
        .map(
            slice -> {
              Where where =
                  Where.project(query.project(), "o.project")
                      .and("o.start_time >= ?", slice.from())
                      .and("o.start_time < ?", slice.to())
                      .and("o.model IS NOT NULL");
              return part(
                  SELECT_CALLS + " FROM observation o INDEXED BY observation_figures",
                  everything
                      ? where
                      : where.andIn("o.trace", "SELECT t.pk" + FROM, TraceConditions.all(query)),
                  " GROUP BY 1",
                  reader);
            })
        .toList();
  }

  private interface RowReader {
    /** Returns what takes in the row that was read. */
    Runnable read(ResultSet row) throws SQLException;
  }

  private static Team.Part part(String select, Where where, String end, RowReader reader) {
    return connection -> {
      List<Runnable> rows = Sql.list(connection, select, where, end, reader::read);
      return () -> rows.forEach(Runnable::run);
    };
  }

  private static String start(Duration step) {
    long millis = Math.max(1, step.toMillis());
    return "t.timestamp / " + millis + " * " + millis;
  }
}
