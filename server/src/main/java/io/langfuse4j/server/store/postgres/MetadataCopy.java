package io.langfuse4j.server.store.postgres;

import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.sql.Rows;
import io.langfuse4j.server.store.sql.Session;
import io.langfuse4j.server.store.sql.SqlDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills empty tables with the rows of another database, keys included, all or nothing. */
public final class MetadataCopy {
  /** Those that others refer to come first. */
  private static final List<String> TABLES =
      List.of(
          "project",
          "api_key",
          "score_config",
          "model",
          "prompt",
          "prompt_use",
          "dataset",
          "dataset_item",
          "dataset_run",
          "dataset_run_item",
          "media",
          "media_use",
          "comment",
          "annotation_queue",
          "annotation_queue_item");

  private static final int BATCH = 500;

  private final Connection target;

  private MetadataCopy(Connection target) {
    this.target = target;
  }

  /**
   * @return how many rows were copied
   * @throws StoreException in one sentence, if PostgreSQL cannot be used or holds something already
   */
  public static long copy(SqlDatabase from, PostgresSettings to) {
    try (Connection connection = PostgresDatabase.connect(to)) {
      PostgresSchema.migrate(connection, () -> PostgresDatabase.connect(to));
      connection.setAutoCommit(false);
      MetadataCopy copy = new MetadataCopy(connection);
      copy.checkEmpty();
      long rows = 0;
      for (String table : TABLES) {
        rows += copy.copy(from, table);
      }
      connection.commit();
      return rows;
    } catch (SQLException e) {
      throw PostgresDatabase.unusable(to, e);
    }
  }

  /** Nobody else writes until the end. */
  private void checkEmpty() throws SQLException {
    try (Statement statement = target.createStatement()) {
      statement.execute("LOCK TABLE " + String.join(", ", TABLES) + " IN EXCLUSIVE MODE");
    }
    for (String table : TABLES) {
      if (number("SELECT count(*) FROM " + table) > 0) {
        throw new StoreException(
            "PostgreSQL holds rows of "
                + table
                + " already. A folder can only be copied to a database without any.");
      }
    }
  }

  private long copy(SqlDatabase from, String table) throws SQLException {
    List<String> columns = columns(table);
    String names = String.join(", ", columns);
    String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
    try (PreparedStatement insert =
        target.prepareStatement(
            "INSERT INTO " + table + " (" + names + ") VALUES (" + marks + ")")) {
      long rows = from.read(session -> insert(session, insert, columns.size(), names, table));
      insert.executeBatch();
      if (columns.contains("pk") && rows > 0) {
        goOnAfterCopiedKeys(table);
      }
      return rows;
    }
  }

  private static long insert(
      Session session, PreparedStatement insert, int columns, String names, String table)
      throws SQLException {
    long[] rows = {0};
    var unused =
        session.list(
            "SELECT " + names + " FROM " + table,
            row -> {
              Rows.bind(insert, values(row, columns));
              insert.addBatch();
              if (++rows[0] % BATCH == 0) {
                insert.executeBatch();
              }
              return true;
            });
    return rows[0];
  }

  private static @Nullable Object[] values(ResultSet row, int columns) throws SQLException {
    @Nullable Object[] values = new @Nullable Object[columns];
    for (int i = 0; i < columns; i++) {
      values[i] = row.getObject(i + 1);
    }
    return values;
  }

  private void goOnAfterCopiedKeys(String table) throws SQLException {
    var unused =
        number(
            "SELECT setval(pg_get_serial_sequence('%1$s', 'pk'), max(pk)) FROM %1$s"
                .formatted(table));
  }

  private List<String> columns(String table) throws SQLException {
    try (Statement statement = target.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + table + " LIMIT 0")) {
      ResultSetMetaData about = none.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= about.getColumnCount(); i++) {
        columns.add(about.getColumnName(i));
      }
      return columns;
    }
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = target.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
