package io.langfuse4j.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.TraceStoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteTraceStoreTest extends TraceStoreContract {
  private static final long ROOMY = 1L << 28;

  @TempDir private Path folder;

  @Override
  protected TraceStore openEmpty() {
    return SqliteTraceStore.open(folder.resolve("contract"), Clock.systemUTC(), ROOMY);
  }

  private TraceStore open(Path where) {
    return SqliteTraceStore.open(where, Clock.systemUTC(), ROOMY);
  }

  @Test
  void open_folderInUse_isRefused() {
    Path data = folder.resolve("shared");
    try (TraceStore first = open(data)) {
      assertThatThrownBy(() -> open(data))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use by another server");
      assertThat(first.statistics("p").traces()).isZero();
    }
    open(data).close();
  }

  @Test
  void open_fileInsteadOfFolder_isRefused() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void open_notADatabase_isRefusedAndFolderReleased() throws Exception {
    Path data = Files.createDirectory(folder.resolve("garbage"));
    Files.writeString(data.resolve("langfuse4j.db"), "This is no database. ".repeat(1000));

    assertThatThrownBy(() -> open(data)).isInstanceOf(StoreException.class);

    Files.delete(data.resolve("langfuse4j.db"));
    open(data).close();
  }

  @Test
  void open_writtenByNewerVersion_isRefused() throws Exception {
    Path data = folder.resolve("newer");
    open(data).close();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("langfuse4j.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 1000");
    }

    assertThatThrownBy(() -> open(data))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer version (schema 1000");
  }

  @Test
  void open_fresh_hasNewestSchemaAndDurableSettings() throws Exception {
    Path data = folder.resolve("fresh");
    open(data).close();

    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("langfuse4j.db"));
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeQuery("PRAGMA user_version").getInt(1))
          .isEqualTo(Schema.newest());
      assertThat(statement.executeQuery("PRAGMA journal_mode").getString(1)).isEqualTo("wal");
      assertThat(statement.executeQuery("PRAGMA auto_vacuum").getInt(1)).isEqualTo(2);
      assertThat(statement.executeQuery("SELECT count(*) FROM changelog").getInt(1))
          .isEqualTo(Schema.scripts());
      assertThat(statement.executeQuery("PRAGMA integrity_check").getString(1)).isEqualTo("ok");
    }
  }

  @Test
  void open_scriptLeftOutEarlier_runsItNow() throws Exception {
    Path data = folder.resolve("gap");
    open(data).close();
    String url = "jdbc:sqlite:" + data.resolve("langfuse4j.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM changelog WHERE ID = 2");
      statement.execute("DROP TABLE score");
      statement.execute("DROP TABLE score_config");
    }

    try (TraceStore store = open(data)) {
      assertThat(store.countScoreConfigs("p")).isZero();
    }
  }

  @Test
  void open_crashedBeforeAScriptWasListed_doesNotRunItAgain() throws Exception {
    Path data = folder.resolve("crash");
    open(data).close();
    String url = "jdbc:sqlite:" + data.resolve("langfuse4j.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM changelog WHERE ID = " + Schema.newest());
    }

    try (TraceStore store = open(data)) {
      assertThat(store.statistics("p").traces()).isZero();
    }
  }

  @Test
  void writer_syncsEveryCommit() throws Exception {
    Files.createDirectories(folder.resolve("sync"));
    Database database =
        new Database(
            folder.resolve("sync").resolve("x.db"), folder.resolve("sync").resolve("y.db"));
    try (Connection connection = database.openForWriting();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeQuery("PRAGMA synchronous").getInt(1)).isEqualTo(2);
    }
  }
}
