package io.langfuse4j.server.store.sqlite.writing;

import io.langfuse4j.server.pricing.Pricer;
import io.langfuse4j.server.store.TraceChange;
import io.langfuse4j.server.store.common.GroupWriter;
import io.langfuse4j.server.store.sqlite.database.Commits;
import io.langfuse4j.server.store.sqlite.database.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that writes to SQLite, one transaction per group. */
public final class GroupCommitter extends GroupWriter<WriteTransaction> {
  private static final Logger LOGGER = LoggerFactory.getLogger(GroupCommitter.class);

  public GroupCommitter(
      Connection connection, Commits commits, Pricer pricer, Clock clock, long weightLimit)
      throws SQLException {
    super(
        new SqlTransactions(
            connection, commits, new Statements(connection), new Keys(connection), pricer, clock),
        weightLimit);
  }

  private record SqlTransactions(
      Connection connection,
      Commits commits,
      Statements statements,
      Keys keys,
      Pricer pricer,
      Clock clock)
      implements Transactions<WriteTransaction> {

    @Override
    public WriteTransaction begin() throws SQLException {
      execute("BEGIN IMMEDIATE");
      return new WriteTransaction(statements, keys, pricer, clock);
    }

    @Override
    public List<TraceChange> commit(WriteTransaction transaction) throws SQLException {
      transaction.flush();
      commits.during(() -> execute("COMMIT"));
      return transaction.changes();
    }

    @Override
    public void rollback(WriteTransaction transaction) {
      keys.forgetProjects();
      try {
        execute("ROLLBACK");
      } catch (SQLException e) {
        // SQLite has already rolled back after errors such as a full disk.
        LOGGER.debug("Nothing left to roll back", e);
      }
    }

    @Override
    public void close() throws SQLException {
      statements.close();
    }

    private void execute(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }
}
