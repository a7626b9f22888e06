package io.langfuse4j.server.store.sqlite;

import static java.util.stream.Collectors.joining;

import io.langfuse4j.server.store.FacetValue;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.sql.Rows;
import io.langfuse4j.server.store.sqlite.query.Sql;
import io.langfuse4j.server.store.sqlite.query.SqliteDialect;
import io.langfuse4j.server.store.sqlite.query.Where;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The most frequent values of traces. The traces in question are found once, into a table of the
 * connection's own, which each facet then groups.
 */
final class TraceFacets {
  private static final List<String> PLAIN =
      List.of("name", "environment", "userId", "sessionId", "level");
  private static final List<String> TERMS = List.of("model", "tag", "type");

  private static final String TABLE =
      "CREATE TEMP TABLE IF NOT EXISTS facet (pk INTEGER PRIMARY KEY, "
          + String.join(", ", PLAIN)
          + ")";
  private static final String FILL =
      "INSERT INTO temp.facet SELECT t.pk, "
          + PLAIN.stream().map(SqliteDialect.TERMS.traces()::sortable).collect(joining(", "))
          + " FROM trace t";
  private static final String NEWEST =
      " ORDER BY t.timestamp DESC, t.id DESC LIMIT " + TraceStore.FACET_TRACES;
  private static final String SCORED =
      "SELECT s.name AS value, count(DISTINCT f.pk) AS count FROM temp.facet f"
          + " CROSS JOIN trace t ON t.pk = f.pk"
          + " CROSS JOIN score s ON s.trace_id = t.id AND s.project = t.project"
          + " WHERE EXISTS (SELECT 1 FROM score)";
  private static final String EMPTY = "DELETE FROM temp.facet";
  private static final String MOST_FREQUENT = " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?";

  private TraceFacets() {}

  static Map<String, List<FacetValue>> of(Connection connection, Where where, int limit)
      throws SQLException {
    execute(connection, TABLE);
    execute(connection, EMPTY);
    try (PreparedStatement fill = connection.prepareStatement(FILL + where.sql() + NEWEST)) {
      where.bind(fill, 1);
      fill.executeUpdate();
    }
    Map<String, List<FacetValue>> facets = new LinkedHashMap<>();
    for (String facet : PLAIN) {
      facets.put(
          facet,
          values(
              connection,
              "SELECT %1$s AS value, count(*) AS count FROM temp.facet WHERE %1$s IS NOT NULL"
                  .formatted(facet),
              limit));
    }
    for (String kind : TERMS) {
      facets.put(
          kind,
          values(
              connection,
              "SELECT x.value AS value, count(*) AS count FROM temp.facet f"
                  + " CROSS JOIN trace_term x ON x.trace = f.pk AND x.kind = '"
                  + kind
                  + "'",
              limit));
    }
    facets.put("score", values(connection, SCORED, limit));
    execute(connection, EMPTY);
    return facets;
  }

  private static List<FacetValue> values(Connection connection, String select, int limit)
      throws SQLException {
    return Sql.rows(
        connection,
        select + MOST_FREQUENT,
        row -> new FacetValue(Rows.required(row, "value"), row.getLong("count")),
        limit);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }
}
