package io.langfuse4j.server.store.sqlite.query;

import io.langfuse4j.server.store.sql.JdbcSession;
import io.langfuse4j.server.store.sql.RowMapper;
import io.langfuse4j.server.store.sql.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs one query and maps its rows. */
public final class Sql {
  private static final int FEW = 1_000;

  private Sql() {}

  public static <T> List<T> list(
      Connection connection,
      String select,
      Where where,
      String rest,
      RowMapper<T> mapper,
      Object... values)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(select + where.sql() + " " + rest)) {
      int next = where.bind(statement, 1);
      for (Object value : values) {
        Rows.bind(statement, next++, value);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return Rows.all(rows, mapper);
      }
    }
  }

  public static <T> List<T> rows(
      Connection connection, String sql, RowMapper<T> mapper, Object... values)
      throws SQLException {
    return new JdbcSession(connection).list(sql, mapper, values);
  }

  /** The ids that a query gives for each trace; its values are the trace's id and the project's. */
  public static Map<String, List<String>> idsOfTraces(
      Connection connection, String sql, String project, List<String> traceIds)
      throws SQLException {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (String traceId : traceIds) {
        Rows.bind(statement, traceId, project);
        try (ResultSet rows = statement.executeQuery()) {
          ids.put(traceId, Rows.all(rows, row -> Rows.required(row, "id")));
        }
      }
    }
    return ids;
  }

  /**
   * Whether a query gives so few rows that they are better looked up one by one than met while
   * walking.
   */
  public static boolean fewRows(Connection connection, String select, Object... values)
      throws SQLException {
    String counted = "SELECT count(*) FROM (" + select + " LIMIT " + (FEW + 1) + ")";
    return rows(connection, counted, row -> row.getLong(1), values).get(0) <= FEW;
  }

  /** What a project holds altogether: {@code traces} or {@code observations}. */
  public static long total(Connection connection, String what, String project) throws SQLException {
    List<Long> found =
        rows(
            connection,
            "SELECT " + what + " FROM project WHERE id = ?",
            row -> row.getLong(1),
            project);
    return found.isEmpty() ? 0 : found.get(0);
  }

  public static long count(Connection connection, String select, Where where) throws SQLException {
    return list(connection, select, where, "", row -> row.getLong(1)).get(0);
  }

  /** The highest key that a table's rows have or, before some were deleted, had. */
  public static String highestKey(String table) {
    return ("max((SELECT coalesce(max(pk), 0) FROM %1$s),"
            + " coalesce((SELECT pk FROM highest_key WHERE name = '%1$s'), 0))")
        .formatted(table);
  }
}
