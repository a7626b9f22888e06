package io.langfuse4j.server.store.sqlite;

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
final class Statements implements AutoCloseable {
  static final String PUT_OBSERVATION_CONTENT =
      "INSERT INTO observation_content (observation, input, output, details) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT (observation) DO UPDATE SET input = excluded.input,"
          + " output = excluded.output, details = excluded.details";
  static final String PUT_TRACE_CONTENT =
      "INSERT INTO trace_content (trace, input, output, metadata) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT (trace) DO UPDATE SET input = excluded.input,"
          + " output = excluded.output, metadata = excluded.metadata";
  static final String PUT_TERM =
      "INSERT INTO trace_term (project, kind, value, trace) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT DO NOTHING";
  static final String ADD_TOTALS =
      "UPDATE project SET traces = traces + ?, observations = observations + ? WHERE pk = ?";
  static final String PUT_HIGHEST_KEY =
      "INSERT INTO highest_key (name, pk) VALUES (?, ?)"
          + " ON CONFLICT (name) DO UPDATE SET pk = excluded.pk";
  static final String DELETE_COUNTED_TERMS =
      "DELETE FROM trace_term WHERE trace = ? AND kind IN ('model', 'type')";
  static final List<String> DELETE_TRACE =
      List.of(
          "DELETE FROM score WHERE (trace_id, project) ="
              + " (SELECT id, project FROM trace WHERE pk = ?)",
          "DELETE FROM media_use WHERE trace_id = (SELECT id FROM trace WHERE pk = ?1)"
              + " AND media IN (SELECT pk FROM media WHERE project ="
              + " (SELECT project FROM trace WHERE pk = ?1))",
          "DELETE FROM experiment_item WHERE observation IN"
              + " (SELECT pk FROM observation WHERE trace = ?)",
          "DELETE FROM observation_content WHERE observation IN"
              + " (SELECT pk FROM observation WHERE trace = ?)",
          "DELETE FROM observation WHERE trace = ?",
          "DELETE FROM trace_term WHERE trace = ?",
          "DELETE FROM trace_content WHERE trace = ?",
          "DELETE FROM trace WHERE pk = ?");

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** To its end, as pragmas that work step by step need. */
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return statement;
  }

  int execute(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepare(sql);
    Rows.bind(statement, values);
    return statement.executeUpdate();
  }

  /** Runs a query inside the open transaction and maps its rows. */
  <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... values)
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
