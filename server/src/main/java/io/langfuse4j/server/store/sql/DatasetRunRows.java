package io.langfuse4j.server.store.sql;

import static io.langfuse4j.server.store.common.ObservationMerge.later;

import io.langfuse4j.server.model.DatasetItem.Status;
import io.langfuse4j.server.model.DatasetRun;
import io.langfuse4j.server.store.RefusedException;
import io.langfuse4j.server.store.RefusedException.Reason;
import io.langfuse4j.server.store.common.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tables of runs of datasets and of their items. */
final class DatasetRunRows {
  private static final String SELECT =
      "SELECT r.*, d.id AS dataset_id, d.name AS dataset_name"
          + " FROM dataset_run r JOIN dataset d ON d.pk = r.dataset";
  private static final String SELECT_ITEM =
      "SELECT n.*, r.id AS run_id, r.name AS run_name"
          + " FROM dataset_run_item n JOIN dataset_run r ON r.pk = n.run";
  private static final String PUT =
      "INSERT INTO dataset_run (project, dataset, id, name, description, metadata, created_at,"
          + " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (dataset, name) DO UPDATE SET description = excluded.description,"
          + " metadata = excluded.metadata, updated_at = excluded.updated_at";
  private static final String INSERT_ITEM =
      "INSERT INTO dataset_run_item (run, id, item_id, trace_id, observation_id, created_at)"
          + " VALUES ((SELECT pk FROM dataset_run WHERE dataset = ? AND name = ?),"
          + " ?, ?, ?, ?, ?)";
  private static final int ID_LENGTH = 16;

  private DatasetRunRows() {}

  /**
   * @param projectId as everybody knows it, which is part of a new run's id
   */
  static DatasetRun.Item addItem(
      Transaction transaction, String projectId, long project, DatasetRun.Draft draft)
      throws SQLException {
    DatasetItemRows.Stored item =
        DatasetItemRows.version(transaction, project, draft.itemId(), draft.itemVersion());
    if (item == null || item.item().status() != Status.ACTIVE) {
      throw new RefusedException(Reason.NOT_FOUND, "Dataset item not found");
    }
    DatasetRun run = put(transaction, projectId, project, item, draft);
    transaction.execute(
        INSERT_ITEM,
        item.dataset(),
        run.name(),
        draft.id(),
        draft.itemId(),
        draft.traceId(),
        draft.observationId(),
        draft.createdAt());
    return new DatasetRun.Item(
        draft.id(),
        run.id(),
        run.name(),
        draft.itemId(),
        draft.traceId(),
        draft.observationId(),
        draft.createdAt());
  }

  private static DatasetRun put(
      Transaction transaction,
      String projectId,
      long project,
      DatasetItemRows.Stored item,
      DatasetRun.Draft draft)
      throws SQLException {
    DatasetRun before =
        transaction.first(
            SELECT + " WHERE r.dataset = ? AND r.name = ?",
            DatasetRunRows::read,
            item.dataset(),
            draft.runName());
    DatasetRun run =
        new DatasetRun(
            before == null ? id(projectId, item.item().datasetId(), draft.runName()) : before.id(),
            draft.runName(),
            later(before == null ? null : before.description(), draft.runDescription()),
            before == null ? draft.metadata() : JsonText.merge(before.metadata(), draft.metadata()),
            item.item().datasetId(),
            item.item().datasetName(),
            before == null ? draft.createdAt() : before.createdAt(),
            transaction.now());
    boolean changed =
        before == null
            || !run.metadata().equals(before.metadata())
            || !Objects.equals(run.description(), before.description());
    if (changed) {
      transaction.execute(
          PUT,
          project,
          item.dataset(),
          run.id(),
          run.name(),
          run.description(),
          run.metadata(),
          run.createdAt(),
          run.updatedAt());
    }
    return run;
  }

  /** As Langfuse computes it, so that whoever knows the names knows the id. */
  private static String id(String project, String dataset, String name) {
    try {
      String key = JsonText.write(List.of("langfuse-experiment-v1", project, dataset, name));
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, ID_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<DatasetRun> page(
      Session session, String project, String datasetId, int limit, long offset)
      throws SQLException {
    return of(project, datasetId)
        .list(
            session,
            SELECT,
            "ORDER BY r.created_at DESC, r.pk DESC LIMIT ? OFFSET ?",
            DatasetRunRows::read,
            limit,
            offset);
  }

  static long count(Session session, String project, String datasetId) throws SQLException {
    return of(project, datasetId)
        .count(session, "SELECT count(*) FROM dataset_run r JOIN dataset d ON d.pk = r.dataset");
  }

  static @Nullable DatasetRun one(Session session, String project, String datasetId, String name)
      throws SQLException {
    return of(project, datasetId)
        .and("r.name = ?", name)
        .first(session, SELECT, DatasetRunRows::read);
  }

  private static Conditions of(String project, String datasetId) {
    return Conditions.of(project, "r.project").and("d.id = ?", datasetId);
  }

  static List<DatasetRun.Item> items(
      Session session, String project, DatasetRun run, int limit, long offset) throws SQLException {
    return itemsOf(project, run)
        .list(
            session,
            SELECT_ITEM,
            "ORDER BY n.created_at DESC, n.pk DESC LIMIT ? OFFSET ?",
            DatasetRunRows::readItem,
            limit,
            offset);
  }

  static long countItems(Session session, String project, DatasetRun run) throws SQLException {
    return itemsOf(project, run)
        .count(
            session, "SELECT count(*) FROM dataset_run_item n JOIN dataset_run r ON r.pk = n.run");
  }

  private static Conditions itemsOf(String project, DatasetRun run) {
    return Conditions.of(project, "r.project").and("r.id = ?", run.id());
  }

  static boolean delete(Transaction transaction, long project, String datasetId, String name)
      throws SQLException {
    List<Long> found =
        transaction.list(
            "SELECT r.pk FROM dataset_run r JOIN dataset d ON d.pk = r.dataset"
                + " WHERE d.id = ? AND d.project = ? AND r.name = ?",
            row -> row.getLong("pk"),
            datasetId,
            project,
            name);
    for (long run : found) {
      transaction.execute("DELETE FROM dataset_run_item WHERE run = ?", run);
      transaction.execute("DELETE FROM dataset_run WHERE pk = ?", run);
    }
    return !found.isEmpty();
  }

  private static DatasetRun read(ResultSet row) throws SQLException {
    return new DatasetRun(
        Rows.required(row, "id"),
        Rows.required(row, "name"),
        Rows.text(row, "description"),
        Rows.required(row, "metadata"),
        Rows.required(row, "dataset_id"),
        Rows.required(row, "dataset_name"),
        Rows.requiredInstant(row, "created_at"),
        Rows.requiredInstant(row, "updated_at"));
  }

  private static DatasetRun.Item readItem(ResultSet row) throws SQLException {
    return new DatasetRun.Item(
        Rows.required(row, "id"),
        Rows.required(row, "run_id"),
        Rows.required(row, "run_name"),
        Rows.required(row, "item_id"),
        Rows.required(row, "trace_id"),
        Rows.text(row, "observation_id"),
        Rows.requiredInstant(row, "created_at"));
  }
}
