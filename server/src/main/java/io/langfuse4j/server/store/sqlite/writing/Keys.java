package io.langfuse4j.server.store.sqlite.writing;

import io.langfuse4j.server.store.sqlite.query.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Hands out row keys. There is one writer, so counting in memory is enough. Confined to the writing
 * thread.
 */
final class Keys {
  private final Connection connection;
  private final Map<String, Long> projects = new HashMap<>();
  private final Map<Long, String> projectIds = new HashMap<>();
  private long lastTrace;
  private long lastObservation;

  Keys(Connection connection) throws SQLException {
    this.connection = connection;
    lastTrace = highest("trace");
    lastObservation = highest("observation");
  }

  long nextTrace() {
    return ++lastTrace;
  }

  long nextObservation() {
    return ++lastObservation;
  }

  long lastTrace() {
    return lastTrace;
  }

  long lastObservation() {
    return lastObservation;
  }

  /** The project's key; an unknown project is added, inside the open transaction. */
  long project(String id) throws SQLException {
    Long known = projects.get(id);
    if (known != null) {
      return known;
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO project (id) VALUES (?) ON CONFLICT DO NOTHING")) {
      insert.setString(1, id);
      insert.executeUpdate();
    }
    try (PreparedStatement select =
        connection.prepareStatement("SELECT pk FROM project WHERE id = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        long key = row.getLong(1);
        projects.put(id, key);
        projectIds.put(key, id);
        return key;
      }
    }
  }

  String projectId(long key) {
    return Objects.requireNonNull(projectIds.get(key));
  }

  /** After a rollback a project may not be there any more. */
  void forgetProjects() {
    projects.clear();
    projectIds.clear();
  }

  private long highest(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + Sql.highestKey(table))) {
      return row.getLong(1);
    }
  }
}
