package io.langfuse4j.server.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads through a connection whose transaction has begun. */
public record JdbcSession(Connection connection) implements Session {

  @Override
  public <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Rows.bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        return Rows.all(rows, mapper);
      }
    }
  }
}
