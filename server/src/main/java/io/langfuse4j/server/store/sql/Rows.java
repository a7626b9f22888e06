package io.langfuse4j.server.store.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns that may be NULL, and instants as milliseconds. */
public final class Rows {
  private Rows() {}

  public static @Nullable String text(ResultSet row, String column) throws SQLException {
    return row.getString(column);
  }

  public static String required(ResultSet row, String column) throws SQLException {
    String value = row.getString(column);
    if (value == null) {
      throw new SQLException("Column " + column + " is unexpectedly NULL");
    }
    return value;
  }

  public static @Nullable Long integer(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  public static @Nullable Double real(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Long millis = integer(row, column);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  public static Instant requiredInstant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  public static byte @Nullable [] blob(ResultSet row, String column) throws SQLException {
    return row.getBytes(column);
  }

  /** All rows of a result. */
  public static <T> List<T> all(ResultSet row, RowMapper<T> mapper) throws SQLException {
    List<T> rows = new ArrayList<>();
    while (row.next()) {
      rows.add(mapper.map(row));
    }
    return rows;
  }

  public static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      bind(statement, i + 1, values[i]);
    }
  }

  public static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setObject(index, null);
    } else if (value instanceof String text) {
      statement.setString(index, text);
    } else if (value instanceof Long number) {
      statement.setLong(index, number);
    } else if (value instanceof Integer number) {
      statement.setInt(index, number);
    } else if (value instanceof Double number) {
      statement.setDouble(index, number);
    } else if (value instanceof Boolean flag) {
      statement.setInt(index, flag ? 1 : 0);
    } else if (value instanceof Instant instant) {
      statement.setLong(index, instant.toEpochMilli());
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else {
      throw new SQLException("Cannot bind a " + value.getClass().getName());
    }
  }
}
