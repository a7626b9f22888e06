package io.langfuse4j.server.store.postgres;

import io.langfuse4j.server.store.sql.JdbcSession;
import io.langfuse4j.server.store.sql.RowMapper;
import io.langfuse4j.server.store.sql.Rows;
import io.langfuse4j.server.store.sql.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transaction of one project. Confined to the thread that writes it. */
final class PostgresTransaction implements Transaction {
  /** Keeps other writers out, but not rows that refer to the project. */
  private static final String LOCK = "SELECT pk FROM project WHERE id = ? FOR NO KEY UPDATE";

  private static final String ADD = "INSERT INTO project (id) VALUES (?) ON CONFLICT DO NOTHING";

  private final Connection connection;
  private final JdbcSession session;
  private final Instant now;

  PostgresTransaction(Connection connection, Clock clock) {
    this.connection = connection;
    this.session = new JdbcSession(connection);
    this.now = Instant.ofEpochMilli(clock.millis());
  }

  /**
   * The project's key; a project that is not known is added. From here on to the commit no other
   * transaction has the lock. Each later statement sees what those before have committed.
   */
  long lock(String project) throws SQLException {
    Long known = first(LOCK, row -> row.getLong("pk"), project);
    if (known != null) {
      return known;
    }
    execute(ADD, project);
    return list(LOCK, row -> row.getLong("pk"), project).get(0);
  }

  @Override
  public <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... values)
      throws SQLException {
    return session.list(sql, mapper, values);
  }

  @Override
  public int execute(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Rows.bind(statement, values);
      return statement.executeUpdate();
    }
  }

  @Override
  public Instant now() {
    return now;
  }
}
