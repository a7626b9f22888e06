package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.ConnectionProvider;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.MigrationLoader;
import org.apache.ibatis.migration.MigrationReader;
import org.apache.ibatis.migration.operations.UpOperation;
import org.apache.ibatis.migration.options.DatabaseOperationOption;

/**
 * Brings a database to the newest schema. The scripts run through MyBatis Migrations, each in a
 * transaction that also raises SQLite's {@code user_version}; a database that is up to date is
 * recognised by that number alone, without loading the library.
 */
final class Schema {
  /** One entry per script, in order; the position is the version that it leads to. */
  private static final List<String> SCRIPTS =
      List.of("1_traces_and_observations.sql", "2_scores.sql", "3_models.sql");

  private Schema() {}

  static int newest() {
    return SCRIPTS.size();
  }

  static void migrate(Connection connection, ConnectionProvider provider) throws SQLException {
    int version = version(connection);
    if (version > newest()) {
      throw new StoreException(
          "The data folder was written by a newer version (schema "
              + version
              + ", this one knows "
              + newest()
              + "). Use that version, or another folder.");
    }
    if (version < newest()) {
      try {
        DatabaseOperationOption option = new DatabaseOperationOption();
        option.setStopOnError(true);
        new UpOperation().operate(provider, new Scripts(version), option, quiet());
      } catch (MigrationException e) {
        throw new StoreException(
            "The data folder could not be brought to this version's schema", e);
      }
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA user_version")) {
      return result.getInt(1);
    }
  }

  private static PrintStream quiet() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  /** Scripts past a version: one that committed just before a crash is not run a second time. */
  private record Scripts(int version) implements MigrationLoader {
    @Override
    public List<Change> getMigrations() {
      List<Change> changes = new ArrayList<>();
      for (int i = version; i < SCRIPTS.size(); i++) {
        String name = SCRIPTS.get(i);
        Change change = new Change(BigDecimal.valueOf(i + 1L));
        change.setDescription(name);
        change.setFilename(name);
        changes.add(change);
      }
      return changes;
    }

    @Override
    public Reader getScriptReader(Change change, boolean undo) {
      try {
        return new MigrationReader(open(change.getFilename()), "UTF-8", undo, new Properties());
      } catch (IOException e) {
        throw new MigrationException("Cannot read " + change.getFilename(), e);
      }
    }

    @Override
    public Reader getBootstrapReader() {
      return new InputStreamReader(InputStream.nullInputStream(), StandardCharsets.UTF_8);
    }

    @Override
    public Reader getOnAbortReader() {
      return new InputStreamReader(InputStream.nullInputStream(), StandardCharsets.UTF_8);
    }

    private static InputStream open(String name) throws IOException {
      InputStream stream = Schema.class.getResourceAsStream("migrations/" + name);
      if (stream == null) {
        throw new IOException("No migration " + name + " on the class path");
      }
      return stream;
    }
  }
}
