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
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.ConnectionProvider;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.MigrationLoader;
import org.apache.ibatis.migration.MigrationReader;
import org.apache.ibatis.migration.operations.PendingOperation;
import org.apache.ibatis.migration.operations.UpOperation;
import org.apache.ibatis.migration.options.DatabaseOperationOption;

/**
 * Brings a database to the newest schema. The scripts run through MyBatis Migrations, each in a
 * transaction that also sets SQLite's {@code user_version} to its number; the table {@code
 * changelog} lists all that ran. A database that is up to date is recognised without loading the
 * library, and a script whose number is lower than others that ran already is run nevertheless.
 */
final class Schema {
  /** The scripts in the order of the numbers that their names begin with. */
  private static final List<String> SCRIPTS =
      List.of(
          "1_traces_and_observations.sql",
          "2_scores.sql",
          "3_models.sql",
          "4_search.sql",
          "5_totals.sql",
          "6_names_with_types.sql",
          "10_prompts.sql",
          "11_datasets.sql",
          "12_media_and_annotation.sql",
          "13_projects.sql",
          "14_figures.sql");

  private Schema() {}

  static int scripts() {
    return SCRIPTS.size();
  }

  /** The number that a database has which ran all scripts. */
  static int newest() {
    return number(SCRIPTS.get(SCRIPTS.size() - 1));
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
    Set<Integer> ran = version == 0 ? Set.of() : ran(connection, version);
    List<String> pending =
        SCRIPTS.stream().filter(script -> !ran.contains(number(script))).toList();
    if (!pending.isEmpty()) {
      run(new Scripts(pending), provider, version == 0);
    }
  }

  private static void run(Scripts scripts, ConnectionProvider provider, boolean fresh) {
    try {
      DatabaseOperationOption option = new DatabaseOperationOption();
      option.setStopOnError(true);
      if (fresh) {
        new UpOperation().operate(provider, scripts, option, quiet());
      } else {
        new PendingOperation().operate(provider, scripts, option, quiet());
      }
    } catch (MigrationException e) {
      throw new StoreException("The data folder could not be brought to this version's schema", e);
    }
  }

  /** Numbers of the scripts that ran, the last of which may have crashed before it was listed. */
  private static Set<Integer> ran(Connection connection, int version) throws SQLException {
    Set<Integer> ran = new HashSet<>();
    ran.add(version);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT ID FROM changelog")) {
      while (row.next()) {
        ran.add(row.getInt(1));
      }
    }
    return ran;
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA user_version")) {
      return result.getInt(1);
    }
  }

  private static int number(String script) {
    return Integer.parseInt(script.substring(0, script.indexOf('_')));
  }

  private static PrintStream quiet() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  /** The scripts that have not run: one that committed just before a crash is not run again. */
  private record Scripts(List<String> pending) implements MigrationLoader {
    @Override
    public List<Change> getMigrations() {
      List<Change> changes = new ArrayList<>();
      for (String name : pending) {
        Change change = new Change(BigDecimal.valueOf(number(name)));
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
