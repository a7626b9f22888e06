package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * Copies a data folder while a server uses it. The journal is copied first: whatever leaves it
 * meanwhile is in the database by then. Media come last, so that none is missing, and only then the
 * database gets its name: a copy that was interrupted has none. The search index is not copied; it
 * is built again.
 */
public final class SqliteBackup {
  private static final String DATABASE = SqliteTraceStore.FILE;
  private static final String JOURNAL = "journal";
  private static final String MEDIA = "media";

  private SqliteBackup() {}

  /**
   * @param to a folder that does not exist or is empty; a server can be started on it
   * @return the size of the copied database
   * @throws StoreException in one sentence, if it could not be copied
   */
  public static long copy(Path data, Path to) {
    Path database = data.resolve(DATABASE);
    if (!Files.exists(database)) {
      throw new StoreException("There is no database in " + data + ".");
    }
    try {
      Files.createDirectories(to);
      if (!isEmpty(to)) {
        throw new StoreException("The folder " + to + " is not empty. Choose another.");
      }
      copyFolder(data.resolve(JOURNAL), to.resolve(JOURNAL));
      Path part = to.resolve(DATABASE + ".part");
      copyDatabase(database, part);
      copyFolder(data.resolve(MEDIA), to.resolve(MEDIA));
      Files.move(part, to.resolve(DATABASE), StandardCopyOption.ATOMIC_MOVE);
      return Files.size(to.resolve(DATABASE));
    } catch (IOException | SQLException e) {
      throw new StoreException("The backup to " + to + " failed: " + e.getMessage(), e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void copyFolder(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(from)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      Path target = to.resolve(from.relativize(file).toString());
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      try {
        Files.copy(file, target);
      } catch (NoSuchFileException e) {
        // Stored or deleted meanwhile.
      }
    }
  }

  private static void copyDatabase(Path from, Path to) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(10_000);
    config.setReadOnly(true);
    try (Connection connection =
            JDBC.createConnection("jdbc:sqlite:" + from, config.toProperties());
        PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, to.toString());
      copy.execute();
    }
    try (Connection connection =
            JDBC.createConnection("jdbc:sqlite:" + to, new SQLiteConfig().toProperties());
        Statement check = connection.createStatement();
        ResultSet result = check.executeQuery("PRAGMA quick_check")) {
      if (!"ok".equals(result.getString(1))) {
        throw new SQLException("the copy is damaged: " + result.getString(1));
      }
    }
  }
}
