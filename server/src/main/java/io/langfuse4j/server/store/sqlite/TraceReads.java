package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.FacetValue;
import io.langfuse4j.server.store.Order;
import io.langfuse4j.server.store.SessionQuery;
import io.langfuse4j.server.store.SessionSummary;
import io.langfuse4j.server.store.StoredTrace;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceSummary;
import io.langfuse4j.server.store.common.JsonText;
import io.langfuse4j.server.store.sql.Rows;
import io.langfuse4j.server.store.sqlite.query.Sql;
import io.langfuse4j.server.store.sqlite.query.SqliteDialect;
import io.langfuse4j.server.store.sqlite.query.Where;
import io.langfuse4j.server.store.sqlite.search.TraceConditions;
import io.langfuse4j.server.store.sqlite.writing.TraceContent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Queries over traces and what is grouped from them. */
final class TraceReads {
  private static final String FROM = " FROM trace t";

  /** As many are looked for among the newest traces. */
  private static final long FIRST_SESSIONS = 250;

  /** As many traces are looked at for each. */
  private static final long TRACES_PER_SESSION = 20;

  private static final String CONTENT = " LEFT JOIN trace_content c ON c.trace = t.pk";
  private static final String CONTENT_COLUMNS = ", c.input, c.output, c.metadata";

  List<StoredTrace> page(Connection connection, TraceQuery query) throws SQLException {
    Where where = TraceConditions.page(connection, query);
    TraceQuery.Position after = query.after();
    if (after != null) {
      where.and("(t.timestamp, t.id) < (?, ?)", after.timestamp(), after.id());
    }
    // The page is found over narrow rows; only its rows are then read in full.
    String order = orderBy(query.order());
    String content = query.withContent() ? CONTENT : "";
    String columns = query.withContent() ? CONTENT_COLUMNS : "";
    return Sql.list(
        connection,
        "SELECT t.*" + columns + " FROM (SELECT t.pk AS pk" + FROM,
        where,
        order
            + " LIMIT ? OFFSET ?) page CROSS JOIN trace t ON t.pk = page.pk"
            + content
            + " "
            + order,
        row -> read(row, query.withContent()),
        query.limit(),
        query.offset());
  }

  long count(Connection connection, TraceQuery query, long atMost) throws SQLException {
    if (TraceConditions.isEverything(query)) {
      return Sql.total(connection, "traces", query.project());
    }
    Where ofTerm = TraceConditions.hasWords(query) ? null : ofOneTerm(query);
    if (ofTerm != null) {
      return atMost(connection, " FROM trace_term x", ofTerm, atMost);
    }
    if (atMost == Long.MAX_VALUE) {
      return Sql.count(connection, "SELECT count(*)" + FROM, TraceConditions.all(query));
    }
    return atMost(connection, FROM, TraceConditions.all(query), atMost);
  }

  private static long atMost(Connection connection, String from, Where where, long atMost)
      throws SQLException {
    return Sql.list(
            connection,
            "SELECT count(*) FROM (SELECT 1" + from,
            where,
            "LIMIT ?)",
            row -> row.getLong(1),
            atMost)
        .get(0);
  }

  /** Over terms instead of traces, each of which has one term of a kind once. */
  private static @Nullable Where ofOneTerm(TraceQuery query) {
    return query.filters().size() == 1
        ? Where.ofOneTerm(query.project(), query.filters().get(0))
        : null;
  }

  /** None or one. */
  List<StoredTrace> one(Connection connection, String project, String id) throws SQLException {
    return Sql.list(
        connection,
        "SELECT t.*" + CONTENT_COLUMNS + FROM + CONTENT,
        Where.traces(project).and("t.id = ?", id),
        "",
        row -> read(row, true));
  }

  Map<String, List<FacetValue>> facets(Connection connection, TraceQuery query, int limit)
      throws SQLException {
    return TraceFacets.of(connection, TraceConditions.all(query), limit);
  }

  List<SessionSummary> sessions(Connection connection, SessionQuery query) throws SQLException {
    if (query.filters().isEmpty() && query.offset() + query.limit() <= FIRST_SESSIONS) {
      List<SessionSummary> newest = newestSessions(connection, query);
      if (newest.size() == query.limit()) {
        return newest;
      }
    }
    return query.filters().stream().allMatch(filter -> "timestamp".equals(filter.column()))
        ? sessionsByTime(connection, query)
        : sessionsByAnything(connection, query);
  }

  /**
   * Those that began among the newest traces, however many sessions there are. Fewer than asked for
   * if they have very many traces, or if there are few traces at all.
   */
  private static List<SessionSummary> newestSessions(Connection connection, SessionQuery query)
      throws SQLException {
    return Sql.list(
        connection,
        "SELECT g.id AS id, g.created_at AS created_at, (SELECT n.environment FROM trace n"
            + " WHERE n.project = g.project AND n.session_id = g.id"
            + " ORDER BY n.timestamp DESC LIMIT 1) AS environment"
            + " FROM (SELECT DISTINCT t.project AS project, t.session_id AS id,"
            + " t.timestamp AS created_at"
            + FROM,
        where(query)
            .and(
                "t.timestamp > (SELECT y.timestamp FROM trace y WHERE y.project ="
                    + " (SELECT pk FROM project WHERE id = ?)"
                    + " ORDER BY y.timestamp DESC LIMIT 1 OFFSET ?)",
                query.project(),
                TRACES_PER_SESSION * (query.offset() + query.limit()))
            .and(
                "NOT EXISTS (SELECT 1 FROM trace e WHERE e.project = t.project"
                    + " AND e.session_id = t.session_id AND e.timestamp < t.timestamp)"),
        "ORDER BY t.timestamp DESC, t.session_id DESC LIMIT ? OFFSET ?) g"
            + " ORDER BY g.created_at DESC, g.id DESC",
        TraceReads::session,
        query.limit(),
        query.offset());
  }

  /** Sessions are put together from their index alone; only the page's are then looked up. */
  private static List<SessionSummary> sessionsByTime(Connection connection, SessionQuery query)
      throws SQLException {
    return Sql.list(
        connection,
        "SELECT g.id AS id, g.created_at AS created_at, (SELECT n.environment FROM trace n"
            + " WHERE n.project = g.project AND n.session_id = g.id AND n.timestamp = g.newest"
            + " LIMIT 1) AS environment FROM (SELECT t.project AS project, t.session_id AS id,"
            + " min(t.timestamp) AS created_at, max(t.timestamp) AS newest"
            + FROM,
        where(query),
        "GROUP BY t.session_id ORDER BY min(t.timestamp) DESC, t.session_id DESC"
            + " LIMIT ? OFFSET ?) g ORDER BY g.created_at DESC, g.id DESC",
        TraceReads::session,
        query.limit(),
        query.offset());
  }

  private static SessionSummary session(ResultSet row) throws SQLException {
    return new SessionSummary(
        Rows.required(row, "id"),
        Rows.requiredInstant(row, "created_at"),
        Rows.required(row, "environment"));
  }

  private static List<SessionSummary> sessionsByAnything(Connection connection, SessionQuery query)
      throws SQLException {
    // SQLite takes bare columns from the row that holds the maximum: the newest trace.
    return Sql.list(
        connection,
        "SELECT t.session_id AS id, min(t.timestamp) AS created_at, t.environment AS environment,"
            + " max(t.timestamp)"
            + FROM,
        where(query),
        "GROUP BY t.session_id ORDER BY min(t.timestamp) DESC, t.session_id DESC LIMIT ? OFFSET ?",
        TraceReads::session,
        query.limit(),
        query.offset());
  }

  long countSessions(Connection connection, SessionQuery query) throws SQLException {
    return Sql.count(connection, "SELECT count(DISTINCT t.session_id)" + FROM, where(query));
  }

  private static Where where(SessionQuery query) {
    return Where.traces(query.project())
        .and("t.session_id IS NOT NULL")
        .and(SqliteDialect.TERMS.traces(), query.filters());
  }

  private static String orderBy(Order order) {
    String direction = order.descending() ? " DESC" : " ASC";
    return "ORDER BY "
        + SqliteDialect.TERMS.traces().sortable(order.column())
        + direction
        + ", t.id"
        + direction;
  }

  private static StoredTrace read(ResultSet row, boolean withContent) throws SQLException {
    TraceContent content = withContent ? TraceContent.read(row) : TraceContent.EMPTY;
    return new StoredTrace(summary(row), content.input(), content.output(), content.metadata());
  }

  private static TraceSummary summary(ResultSet row) throws SQLException {
    return new TraceSummary(
        Rows.required(row, "id"),
        Rows.text(row, "name"),
        Rows.requiredInstant(row, "timestamp"),
        Rows.text(row, "user_id"),
        Rows.text(row, "session_id"),
        Rows.required(row, "environment"),
        Rows.text(row, "release"),
        Rows.text(row, "version"),
        row.getBoolean("public"),
        row.getBoolean("bookmarked"),
        JsonText.strings(Rows.required(row, "tags")),
        JsonText.strings(Rows.required(row, "models")),
        JsonText.strings(Rows.required(row, "types")),
        totals(row),
        Rows.text(row, "input_preview"),
        Rows.text(row, "output_preview"),
        row.getLong("roots") > 0 && row.getLong("unfinished") == 0,
        Rows.requiredInstant(row, "created_at"),
        Rows.requiredInstant(row, "updated_at"));
  }

  private static TraceSummary.Totals totals(ResultSet row) throws SQLException {
    return new TraceSummary.Totals(
        row.getLong("observations"),
        row.getLong("errors"),
        row.getLong("warnings"),
        row.getLong("defaults"),
        row.getLong("debugs"),
        Rows.instant(row, "first_start"),
        Rows.instant(row, "last_start"),
        Rows.instant(row, "last_end"),
        Rows.integer(row, "input_tokens"),
        Rows.integer(row, "output_tokens"),
        Rows.integer(row, "total_tokens"),
        Rows.real(row, "input_cost"),
        Rows.real(row, "output_cost"),
        Rows.real(row, "total_cost"));
  }
}
