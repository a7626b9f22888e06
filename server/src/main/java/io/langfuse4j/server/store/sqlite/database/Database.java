package io.langfuse4j.server.store.sqlite.database;

import io.langfuse4j.server.store.sqlite.functions.SqlFunctions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** The database file: how connections to it are set up. */
public final class Database {
  /** By this name connections for reading see the search index. */
  public static final String SEARCH = "search";

  private static final int PAGE_SIZE = 8192;

  /** Threads that help one read to sort, where there are processors for them. */
  private static final int SORTERS = Math.min(2, Runtime.getRuntime().availableProcessors() - 1);

  private final Path file;
  private final Path searchFile;

  /**
   * @param searchFile the search index, which must exist before {@link #openForReading}
   */
  public Database(Path file, Path searchFile) {
    this.file = file;
    this.searchFile = searchFile;
  }

  /**
   * The writer's connection, with the schema up to date. A commit is on disk when it returns
   * ({@code synchronous=FULL} in WAL mode); the log is folded in early so that a start after a
   * crash has little to replay.
   */
  public Connection openForWriting() throws SQLException {
    boolean fresh = !Files.exists(file);
    Connection connection = open(file, config());
    if (fresh) {
      execute(connection, "PRAGMA page_size = " + PAGE_SIZE, "PRAGMA auto_vacuum = INCREMENTAL");
    }
    execute(
        connection,
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA cache_size = -16384",
        "PRAGMA wal_autocheckpoint = 4000",
        "PRAGMA journal_size_limit = 67108864",
        "PRAGMA temp_store = MEMORY");
    Schema.migrate(connection, () -> open(file, config()));
    return connection;
  }

  public Connection openForReading() throws SQLException {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    Connection connection = open(file, config);
    // Many rows are sorted in files: in memory they would have no bound.
    execute(connection, "PRAGMA cache_size = -4096", "PRAGMA threads = " + SORTERS);
    try (PreparedStatement attach = connection.prepareStatement("ATTACH ? AS " + SEARCH)) {
      attach.setString(1, searchFile.toString());
      attach.execute();
    }
    SqlFunctions.install(connection);
    return connection;
  }

  /**
   * The connection that feeds the search index. Its commits need not be on disk: it can be built
   * again, and knows with each commit how far it has come.
   */
  public Connection openIndex() throws SQLException {
    Connection connection = open(searchFile, config());
    execute(
        connection,
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = NORMAL",
        "PRAGMA cache_size = -8192",
        "PRAGMA journal_size_limit = 16777216",
        "PRAGMA temp_store = MEMORY");
    return connection;
  }

  public Path searchFile() {
    return searchFile;
  }

  /**
   * Before closing: an empty log. The planner's statistics are the schema's and stay as they are.
   */
  public void tidy(Connection connection) throws SQLException {
    execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
  }

  /** What is in use, seen from a connection for reading; the search index apart. */
  public static long liveBytes(Connection connection) throws SQLException {
    return (pragma(connection, "page_count") - pragma(connection, "freelist_count"))
        * pragma(connection, "page_size");
  }

  private static long pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA main." + name)) {
      return row.getLong(1);
    }
  }

  public long bytes() {
    return size(file)
        + size(Path.of(file + "-wal"))
        + size(searchFile)
        + size(Path.of(searchFile + "-wal"));
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
    // The driver would ask for the last row's key after each statement.
    config.setGetGeneratedKeys(false);
    return config;
  }

  private static Connection open(Path file, SQLiteConfig config) throws SQLException {
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
