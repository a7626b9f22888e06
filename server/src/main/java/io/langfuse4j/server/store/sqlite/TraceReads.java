package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.FacetValue;
import io.langfuse4j.server.store.Order;
import io.langfuse4j.server.store.SessionQuery;
import io.langfuse4j.server.store.SessionSummary;
import io.langfuse4j.server.store.StoredTrace;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceSummary;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Queries over traces and what is grouped from them. */
final class TraceReads {
  private static final String FROM = " FROM trace t";
  private static final String CONTENT = " LEFT JOIN trace_content c ON c.trace = t.pk";
  private static final String CONTENT_COLUMNS = ", c.input, c.output, c.metadata";

  private static final List<String> PLAIN_FACETS =
      List.of("name", "environment", "userId", "sessionId", "level");
  private static final List<String> TERM_FACETS = List.of("model", "tag", "type");

  List<StoredTrace> page(Connection connection, TraceQuery query) throws SQLException {
    Where where = where(query);
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

  long count(Connection connection, TraceQuery query) throws SQLException {
    return Sql.count(connection, "SELECT count(*)" + FROM, where(query));
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
    Map<String, List<FacetValue>> facets = new LinkedHashMap<>();
    for (String id : PLAIN_FACETS) {
      String sql = Columns.TRACES.sortable(id);
      facets.put(
          id,
          Sql.list(
              connection,
              "SELECT " + sql + " AS value, count(*) AS count" + FROM,
              where(query).and(sql + " IS NOT NULL"),
              "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
              TraceReads::facetValue,
              limit));
    }
    for (String kind : TERM_FACETS) {
      facets.put(
          kind,
          Sql.list(
              connection,
              "SELECT x.value AS value, count(*) AS count"
                  + FROM
                  + " JOIN trace_term x ON x.trace = t.pk AND x.kind = '"
                  + kind
                  + "'",
              where(query),
              "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
              TraceReads::facetValue,
              limit));
    }
    return facets;
  }

  List<SessionSummary> sessions(Connection connection, SessionQuery query) throws SQLException {
    // SQLite takes bare columns from the row that holds the maximum: the newest trace.
    return Sql.list(
        connection,
        "SELECT t.session_id AS id, min(t.timestamp) AS created_at, t.environment AS environment,"
            + " max(t.timestamp)"
            + FROM,
        where(query),
        "GROUP BY t.session_id ORDER BY min(t.timestamp) DESC, t.session_id DESC LIMIT ? OFFSET ?",
        row ->
            new SessionSummary(
                Rows.required(row, "id"),
                Rows.requiredInstant(row, "created_at"),
                Rows.required(row, "environment")),
        query.limit(),
        query.offset());
  }

  long countSessions(Connection connection, SessionQuery query) throws SQLException {
    return Sql.count(connection, "SELECT count(DISTINCT t.session_id)" + FROM, where(query));
  }

  private static Where where(SessionQuery query) {
    return Where.traces(query.project())
        .and("t.session_id IS NOT NULL")
        .and(Columns.TRACES, query.filters());
  }

  static Where where(TraceQuery query) {
    Where where = Where.traces(query.project()).and(Columns.TRACES, query.filters());
    String search = query.search();
    if (search != null && !search.isBlank()) {
      where.and(searchCondition(), searchValues(search.strip()));
    }
    return where;
  }

  private static String searchCondition() {
    return """
        (t.id = ? OR instr(lower(t.name), ?) > 0 OR instr(lower(t.user_id), ?) > 0
          OR instr(lower(t.session_id), ?) > 0
          OR EXISTS (SELECT 1 FROM trace_content c WHERE c.trace = t.pk
            AND (content_contains(c.input, ?) OR content_contains(c.output, ?)))
          OR EXISTS (SELECT 1 FROM observation o
            JOIN observation_content c ON c.observation = o.pk
            WHERE o.trace = t.pk
              AND (content_contains(c.input, ?) OR content_contains(c.output, ?))))""";
  }

  private static Object[] searchValues(String search) {
    String lower = asciiLower(search);
    return new Object[] {search, lower, lower, lower, lower, lower, lower, lower};
  }

  /** As SQLite's lower() does. */
  private static String asciiLower(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return lower.toString();
  }

  private static String orderBy(Order order) {
    String direction = order.descending() ? " DESC" : " ASC";
    return "ORDER BY " + Columns.TRACES.sortable(order.column()) + direction + ", t.id" + direction;
  }

  private static FacetValue facetValue(ResultSet row) throws SQLException {
    return new FacetValue(Rows.required(row, "value"), row.getLong("count"));
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
