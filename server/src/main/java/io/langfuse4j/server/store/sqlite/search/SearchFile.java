package io.langfuse4j.server.store.sqlite.search;

import io.langfuse4j.server.store.common.SearchWords;
import io.langfuse4j.server.store.sqlite.database.Database;
import io.langfuse4j.server.store.sqlite.database.Statements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search index's own file: an FTS5 table, and how far it has come. For one thread at a time.
 *
 * <p>A document holds the distinct words of what arrived of one trace at a time; its row id is the
 * trace's key and a number. That makes a search over traces a search over row ids.
 */
final class SearchFile implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(SearchFile.class);

  /** Raised when the words or the layout change; an index of another version is built again. */
  private static final int VERSION = 1;

  /** Bits of a row id that number a trace's documents. */
  static final int DOCUMENT_BITS = 20;

  private final Connection connection;
  private final Statements statements;

  private SearchFile(Connection connection) {
    this.connection = connection;
    this.statements = new Statements(connection);
  }

  /** Anew if what is there is not usable. */
  static SearchFile open(Database database) throws SQLException {
    try {
      return new SearchFile(prepared(database));
    } catch (SQLException e) {
      LOGGER.info("The search index is built anew: {}", e.getMessage());
      delete(database.searchFile());
      return new SearchFile(prepared(database));
    }
  }

  private static Connection prepared(Database database) throws SQLException {
    Connection connection = database.openIndex();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
        if (version.getInt(1) == VERSION) {
          progress(connection);
          return connection;
        }
        if (version.getInt(1) != 0) {
          throw new SQLException("It was made by another version");
        }
      }
      statement.execute("BEGIN");
      statement.execute(
          "CREATE VIRTUAL TABLE doc USING fts5(words, content='', contentless_delete=1,"
              + " detail=none, tokenize='ascii')");
      statement.execute("INSERT INTO doc(doc, rank) VALUES ('hashsize', 16777216)");
      statement.execute(
          "CREATE TABLE progress (observation INTEGER, queued INTEGER, serial INTEGER)");
      statement.execute("INSERT INTO progress VALUES (0, 0, 0)");
      statement.execute("PRAGMA user_version = " + VERSION);
      statement.execute("COMMIT");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static void delete(Path file) throws SQLException {
    try {
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(Path.of(file + suffix));
      }
    } catch (IOException e) {
      throw new SQLException("The search index " + file + " cannot be replaced", e);
    }
  }

  SearchProgress progress() throws SQLException {
    return progress(connection);
  }

  private static SearchProgress progress(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT observation, queued FROM progress")) {
      return new SearchProgress(row.getLong(1), row.getLong(2));
    }
  }

  /** Forgets everything. */
  void clear() throws SQLException {
    execute("INSERT INTO doc(doc) VALUES ('delete-all')");
    execute("UPDATE progress SET observation = 0, queued = 0");
  }

  /** All of it or nothing. */
  void add(SearchBatch batch) throws SQLException {
    execute("BEGIN IMMEDIATE");
    boolean committed = false;
    try {
      for (long trace : batch.changed()) {
        statements.execute(
            "DELETE FROM doc WHERE rowid BETWEEN ? AND ?", first(trace), first(trace + 1) - 1);
      }
      long serial = nextSerial();
      for (Map.Entry<Long, SearchWords> entry : batch.words().entrySet()) {
        String words = entry.getValue().joined();
        if (!words.isEmpty()) {
          long number = serial & ((1L << DOCUMENT_BITS) - 1);
          statements.execute(
              "INSERT OR REPLACE INTO doc (rowid, words) VALUES (?, ?)",
              first(entry.getKey()) + number,
              words);
        }
      }
      statements.execute(
          "UPDATE progress SET observation = ?, queued = ?, serial = ?",
          batch.to().observation(),
          batch.to().queued(),
          serial);
      execute("COMMIT");
      committed = true;
    } finally {
      if (!committed) {
        execute("ROLLBACK");
      }
    }
  }

  private static long first(long trace) {
    return trace << DOCUMENT_BITS;
  }

  private long nextSerial() throws SQLException {
    PreparedStatement statement = statements.prepare("SELECT serial + 1 FROM progress");
    try (ResultSet row = statement.executeQuery()) {
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    statements.close();
    connection.close();
  }
}
