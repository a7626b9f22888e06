package io.langfuse4j.server.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Runs one query and maps its rows. */
final class Sql {
  private Sql() {}

  interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  static <T> List<T> list(
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
      List<T> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(mapper.map(row));
        }
      }
      return rows;
    }
  }

  static long count(Connection connection, String select, Where where) throws SQLException {
    return list(connection, select, where, "", row -> row.getLong(1)).get(0);
  }
}
