package io.langfuse4j.server.store.sqlite.database;

import io.langfuse4j.server.store.sql.RowMapper;
import io.langfuse4j.server.store.sql.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prepared statements of one connection, by their text. */
public final class Statements implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  public Statements(Connection connection) {
    this.connection = connection;
  }

  /** To its end, as pragmas that work step by step need. */
  public void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  public PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return statement;
  }

  public int execute(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepare(sql);
    Rows.bind(statement, values);
    return statement.executeUpdate();
  }

  /** Runs a query inside the open transaction and maps its rows. */
  public <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... values)
      throws SQLException {
    PreparedStatement statement = prepare(sql);
    Rows.bind(statement, values);
    try (ResultSet rows = statement.executeQuery()) {
      return Rows.all(rows, mapper);
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
    prepared.clear();
  }
}
