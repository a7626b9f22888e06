package io.langfuse4j.server.store.sql;

import io.langfuse4j.server.model.Dataset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of datasets. */
final class DatasetRows {
  private static final String SELECT = "SELECT * FROM dataset d";
  private static final String PUT =
      "INSERT INTO dataset (project, id, name, description, metadata, input_schema,"
          + " expected_output_schema, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (project, name) DO UPDATE SET"
          + " description = coalesce(excluded.description, dataset.description),"
          + " metadata = coalesce(excluded.metadata, dataset.metadata),"
          + " input_schema = coalesce(excluded.input_schema, dataset.input_schema),"
          + " expected_output_schema ="
          + " coalesce(excluded.expected_output_schema, dataset.expected_output_schema),"
          + " updated_at = excluded.updated_at";

  private DatasetRows() {}

  /** A dataset and its key. */
  record Stored(long pk, Dataset dataset) {}

  static Dataset put(Transaction transaction, long project, Dataset.Draft draft)
      throws SQLException {
    transaction.execute(
        PUT,
        project,
        draft.id(),
        draft.name(),
        draft.description(),
        draft.metadata(),
        draft.inputSchema(),
        draft.expectedOutputSchema(),
        transaction.now(),
        transaction.now());
    return named(transaction, project, draft.name()).get(0).dataset;
  }

  /** The one of that name, if there is one. */
  static List<Stored> named(Session session, long project, String name) throws SQLException {
    return session.list(
        SELECT + " WHERE d.project = ? AND d.name = ?",
        row -> new Stored(row.getLong("pk"), read(row)),
        project,
        name);
  }

  static @Nullable Dataset one(Session session, String project, String name) throws SQLException {
    return of(project).and("d.name = ?", name).first(session, SELECT, DatasetRows::read);
  }

  static List<Dataset> page(Session session, String project, int limit, long offset)
      throws SQLException {
    return of(project)
        .list(
            session,
            SELECT,
            "ORDER BY d.created_at DESC, d.pk DESC LIMIT ? OFFSET ?",
            DatasetRows::read,
            limit,
            offset);
  }

  static long count(Session session, String project) throws SQLException {
    return of(project).count(session, "SELECT count(*) FROM dataset d");
  }

  private static Conditions of(String project) {
    return Conditions.of(project, "d.project");
  }

  private static Dataset read(ResultSet row) throws SQLException {
    return new Dataset(
        Rows.required(row, "id"),
        Rows.required(row, "name"),
        Rows.text(row, "description"),
        Rows.text(row, "metadata"),
        Rows.text(row, "input_schema"),
        Rows.text(row, "expected_output_schema"),
        Rows.requiredInstant(row, "created_at"),
        Rows.requiredInstant(row, "updated_at"));
  }
}
