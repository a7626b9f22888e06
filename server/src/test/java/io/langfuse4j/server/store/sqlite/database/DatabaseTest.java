package io.langfuse4j.server.store.sqlite.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.server.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  private static final String SCORE_TABLES =
      "SELECT count(*) FROM sqlite_schema WHERE name = 'score'";

  @TempDir private Path folder;
  private Path file;
  private Database database;

  @BeforeEach
  void create() throws SQLException {
    file = folder.resolve("langfuse4j.db");
    database = new Database(file, folder.resolve("langfuse4j-search.db"));
    database.openForWriting().close();
  }

  /** As another program sees the file. */
  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private void change(String... statements) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static int number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeQuery(query).getInt(1);
    }
  }

  @Test
  void writer_syncsEveryCommit() throws Exception {
    try (Connection connection = database.openForWriting()) {
      assertThat(number(connection, "PRAGMA synchronous")).isEqualTo(2);
    }
  }

  @Test
  void freshFile_hasNewestSchemaAndDurableSettings() throws Exception {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      assertThat(number(connection, "PRAGMA user_version")).isEqualTo(Schema.newest());
      assertThat(statement.executeQuery("PRAGMA journal_mode").getString(1)).isEqualTo("wal");
      assertThat(number(connection, "PRAGMA auto_vacuum")).isEqualTo(2);
      assertThat(number(connection, "SELECT count(*) FROM changelog")).isEqualTo(Schema.scripts());
      assertThat(statement.executeQuery("PRAGMA integrity_check").getString(1)).isEqualTo("ok");
    }
  }

  @Test
  void writtenByNewerVersion_isRefused() throws Exception {
    change("PRAGMA user_version = 1000");

    assertThatThrownBy(database::openForWriting)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer version (schema 1000");
  }

  @Test
  void scriptLeftOutEarlier_isRunNow() throws Exception {
    change("DELETE FROM changelog WHERE ID = 2", "DROP TABLE score", "DROP TABLE score_config");

    try (Connection connection = database.openForWriting()) {
      assertThat(number(connection, SCORE_TABLES)).isEqualTo(1);
    }
  }

  @Test
  void crashBeforeAScriptWasListed_doesNotRunItAgain() throws Exception {
    change("DELETE FROM changelog WHERE ID = " + Schema.newest());

    try (Connection connection = database.openForWriting()) {
      assertThat(number(connection, "PRAGMA user_version")).isEqualTo(Schema.newest());
    }
  }
}
