package io.langfuse4j.server.store.sqlite.database;

import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.sql.Migrations;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.ibatis.migration.ConnectionProvider;
import org.apache.ibatis.migration.MigrationException;

/**
 * Brings a database to the newest schema. Each script also sets SQLite's {@code user_version} to
 * its number, in the same transaction, so that a database that is up to date is recognised without
 * loading the library that runs them.
 */
final class Schema {
  private static final Migrations MIGRATIONS =
      new Migrations(
          Schema.class,
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
              "14_figures.sql",
              "15_project_times.sql",
              "16_statistics.sql"));

  private Schema() {}

  static int scripts() {
    return MIGRATIONS.count();
  }

  /** The number that a database has which ran all scripts. */
  static int newest() {
    return MIGRATIONS.newest();
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
    try {
      MIGRATIONS.run(ran, provider);
    } catch (MigrationException e) {
      throw new StoreException("The data folder could not be brought to this version's schema", e);
    }
  }

  /** Numbers of the scripts that ran, the last of which may have crashed before it was listed. */
  private static Set<Integer> ran(Connection connection, int version) throws SQLException {
    Set<Integer> ran = new HashSet<>(Migrations.listed(connection));
    ran.add(version);
    return ran;
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA user_version")) {
      return result.getInt(1);
    }
  }
}
