package io.langfuse4j.server.store.postgres;

import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.sql.Migrations;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.ibatis.migration.ConnectionProvider;
import org.apache.ibatis.migration.MigrationException;

/** Brings the database to the newest schema, one server at a time. */
final class PostgresSchema {
  private static final Migrations MIGRATIONS =
      new Migrations(PostgresSchema.class, List.of("1_metadata.sql", "2_project_times.sql"));

  /** Any number that other programs do not lock by chance: "lf4j" as ASCII. */
  private static final int LOCK = 0x6c66346a;

  private PostgresSchema() {}

  /**
   * @param connection holds the lock while others are opened for the scripts
   */
  static void migrate(Connection connection, ConnectionProvider provider) throws SQLException {
    call(connection, "SELECT pg_advisory_lock(" + LOCK + ")");
    try {
      Set<Integer> ran = exists(connection) ? Migrations.listed(connection) : Set.of();
      int version = ran.isEmpty() ? 0 : Collections.max(ran);
      if (version > MIGRATIONS.newest()) {
        throw new StoreException(
            "The tables in PostgreSQL were made by a newer version (schema "
                + version
                + ", this one knows "
                + MIGRATIONS.newest()
                + "). Use that version.");
      }
      MIGRATIONS.run(ran, provider);
    } catch (MigrationException e) {
      throw new StoreException(
          "The tables could not be made in PostgreSQL, which should be a database or schema of"
              + " their own: "
              + e.getMessage(),
          e);
    } finally {
      call(connection, "SELECT pg_advisory_unlock(" + LOCK + ")");
    }
  }

  private static boolean exists(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT to_regclass('changelog') IS NOT NULL AS found")) {
      row.next();
      return row.getBoolean("found");
    }
  }

  private static void call(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
