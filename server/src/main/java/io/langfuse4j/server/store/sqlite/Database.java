package io.langfuse4j.server.store.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** The database file: how connections to it are set up. */
final class Database {
  private static final int PAGE_SIZE = 8192;

  private final Path file;

  Database(Path file) {
    this.file = file;
  }

  /**
   * The writer's connection, with the schema up to date. A commit is on disk when it returns
   * ({@code synchronous=FULL} in WAL mode); the log is folded in early so that a start after a
   * crash has little to replay.
   */
  Connection openForWriting() throws SQLException {
    boolean fresh = !Files.exists(file);
    Connection connection = open(config());
    if (fresh) {
      execute(connection, "PRAGMA page_size = " + PAGE_SIZE, "PRAGMA auto_vacuum = INCREMENTAL");
    }
    execute(
        connection,
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA cache_size = -16384",
        "PRAGMA wal_autocheckpoint = 1000",
        "PRAGMA journal_size_limit = 16777216",
        "PRAGMA temp_store = MEMORY");
    Schema.migrate(connection, () -> open(config()));
    return connection;
  }

  Connection openForReading() throws SQLException {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    Connection connection = open(config);
    execute(connection, "PRAGMA cache_size = -4096", "PRAGMA temp_store = MEMORY");
    SqlFunctions.install(connection);
    return connection;
  }

  /** Before closing: statistics for the query planner, and an empty log. */
  void tidy(Connection connection) throws SQLException {
    execute(connection, "PRAGMA optimize", "PRAGMA wal_checkpoint(TRUNCATE)");
  }

  long bytes() {
    return size(file) + size(Path.of(file + "-wal"));
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(10_000);
    return config;
  }

  private Connection open(SQLiteConfig config) throws SQLException {
    Properties properties = config.toProperties();
    return JDBC.createConnection("jdbc:sqlite:" + file, properties);
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
