package io.langfuse4j.server.store.sql;

import static io.langfuse4j.server.store.common.ObservationMerge.later;

import io.langfuse4j.server.model.Dataset;
import io.langfuse4j.server.model.DatasetItem;
import io.langfuse4j.server.model.DatasetItem.Status;
import io.langfuse4j.server.store.DatasetItemQuery;
import io.langfuse4j.server.store.RefusedException;
import io.langfuse4j.server.store.RefusedException.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of items of datasets: a row per version, of which the present one has no end, and of
 * which a deleted item's last says so.
 */
final class DatasetItemRows {
  private static final String SELECT =
      "SELECT i.*, d.id AS dataset_id, d.name AS dataset_name"
          + " FROM dataset_item i JOIN dataset d ON d.pk = i.dataset";
  private static final String INSERT =
      "INSERT INTO dataset_item (project, dataset, id, valid_from, deleted, status,"
          + " source_trace_id, source_observation_id, input, expected_output, metadata,"
          + " created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String END =
      "UPDATE dataset_item SET valid_to = ? WHERE id = ? AND project = ? AND valid_to IS NULL";

  private DatasetItemRows() {}

  /** A version of an item, and its dataset's key. */
  record Stored(long dataset, boolean deleted, DatasetItem item) {}

  static DatasetItem put(Transaction transaction, long project, DatasetItem.Draft draft)
      throws SQLException {
    List<DatasetRows.Stored> datasets =
        DatasetRows.named(transaction, project, draft.datasetName());
    if (datasets.isEmpty()) {
      throw new RefusedException(Reason.NOT_FOUND, "Dataset not found");
    }
    DatasetRows.Stored dataset = datasets.get(0);
    Stored last = last(transaction, project, draft.id());
    if (last != null && last.dataset != dataset.pk()) {
      throw new RefusedException(
          Reason.NOT_FOUND,
          "The dataset item with id "
              + draft.id()
              + " already exists in a dataset other than "
              + dataset.dataset().name());
    }
    Instant now = after(last, transaction.now());
    DatasetItem base = last == null || last.deleted ? null : last.item;
    DatasetItem item = merge(draft, dataset.dataset(), base, now);
    if (last != null) {
      transaction.execute(END, now, draft.id(), project);
    }
    insert(transaction, project, dataset.pk(), item, false);
    return item;
  }

  private static DatasetItem merge(
      DatasetItem.Draft draft, Dataset dataset, @Nullable DatasetItem base, Instant now) {
    Status status = later(base == null ? null : base.status(), draft.status());
    return new DatasetItem(
        draft.id(),
        dataset.id(),
        dataset.name(),
        status == null ? Status.ACTIVE : status,
        later(base == null ? null : base.sourceTraceId(), draft.sourceTraceId()),
        later(base == null ? null : base.sourceObservationId(), draft.sourceObservationId()),
        later(base == null ? null : base.input(), draft.input()),
        later(base == null ? null : base.expectedOutput(), draft.expectedOutput()),
        later(base == null ? null : base.metadata(), draft.metadata()),
        base == null ? now : base.createdAt(),
        now);
  }

  /** Versions of an item are told apart by their time. */
  private static Instant after(@Nullable Stored last, Instant now) {
    return last == null || now.isAfter(last.item.updatedAt())
        ? now
        : last.item.updatedAt().plusMillis(1);
  }

  private static @Nullable Stored last(Session session, long project, String id)
      throws SQLException {
    return session.first(
        SELECT + " WHERE i.id = ? AND i.project = ? AND i.valid_to IS NULL",
        DatasetItemRows::stored,
        id,
        project);
  }

  private static void insert(
      Transaction transaction, long project, long dataset, DatasetItem item, boolean deleted)
      throws SQLException {
    transaction.execute(
        INSERT,
        project,
        dataset,
        item.id(),
        item.updatedAt(),
        deleted,
        item.status().name(),
        item.sourceTraceId(),
        item.sourceObservationId(),
        Blobs.encodeNullable(item.input()),
        Blobs.encodeNullable(item.expectedOutput()),
        Blobs.encodeNullable(item.metadata()),
        item.createdAt(),
        item.updatedAt());
  }

  static boolean delete(Transaction transaction, long project, String id) throws SQLException {
    Stored last = last(transaction, project, id);
    if (last == null || last.deleted) {
      return false;
    }
    Instant now = after(last, transaction.now());
    transaction.execute(END, now, id, project);
    DatasetItem item = last.item;
    DatasetItem gone =
        new DatasetItem(
            id,
            item.datasetId(),
            item.datasetName(),
            item.status(),
            null,
            null,
            null,
            null,
            null,
            item.createdAt(),
            now);
    insert(transaction, project, last.dataset, gone, true);
    return true;
  }

  /** An item as it was at a time, or is at present. */
  static @Nullable Stored version(
      Session session, long project, String id, @Nullable Instant version) throws SQLException {
    Instant at = version == null ? Instant.ofEpochMilli(Long.MAX_VALUE) : version;
    return session.first(
        SELECT
            + " WHERE i.id = ? AND i.project = ? AND i.deleted = 0 AND i.valid_from <= ?"
            + " AND (i.valid_to IS NULL OR i.valid_to > ?)",
        DatasetItemRows::stored,
        id,
        project,
        at,
        at);
  }

  static @Nullable DatasetItem one(
      Session session, String project, String id, @Nullable Instant version) throws SQLException {
    return at(Conditions.of(project, "i.project").and("i.id = ?", id), version)
        .first(session, SELECT, DatasetItemRows::read);
  }

  static List<DatasetItem> page(Session session, DatasetItemQuery query) throws SQLException {
    return matching(query)
        .list(
            session,
            SELECT,
            "ORDER BY i.created_at DESC, i.id LIMIT ? OFFSET ?",
            DatasetItemRows::read,
            query.limit(),
            query.offset());
  }

  static long count(Session session, DatasetItemQuery query) throws SQLException {
    return matching(query)
        .count(session, "SELECT count(*) FROM dataset_item i JOIN dataset d ON d.pk = i.dataset");
  }

  private static Conditions matching(DatasetItemQuery query) {
    Status status = query.status();
    // The plus sign keeps the planner from walking all items of the project to meet a dataset's.
    String column = query.datasetId() == null ? "i.project" : "+i.project";
    return at(Conditions.of(query.project(), column), query.version())
        .andIfGiven("d.id = ?", query.datasetId())
        .andIfGiven("i.source_trace_id = ?", query.sourceTraceId())
        .andIfGiven("i.source_observation_id = ?", query.sourceObservationId())
        .andIfGiven("i.status = ?", status == null ? null : status.name());
  }

  private static Conditions at(Conditions conditions, @Nullable Instant version) {
    conditions.and("i.deleted = 0");
    return version == null
        ? conditions.and("i.valid_to IS NULL")
        : conditions.and(
            "i.valid_from <= ? AND (i.valid_to IS NULL OR i.valid_to > ?)", version, version);
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(row.getLong("dataset"), row.getBoolean("deleted"), read(row));
  }

  private static DatasetItem read(ResultSet row) throws SQLException {
    return new DatasetItem(
        Rows.required(row, "id"),
        Rows.required(row, "dataset_id"),
        Rows.required(row, "dataset_name"),
        Status.valueOf(Rows.required(row, "status")),
        Rows.text(row, "source_trace_id"),
        Rows.text(row, "source_observation_id"),
        Blobs.decodeNullable(Rows.blob(row, "input")),
        Blobs.decodeNullable(Rows.blob(row, "expected_output")),
        Blobs.decodeNullable(Rows.blob(row, "metadata")),
        Rows.requiredInstant(row, "created_at"),
        Rows.requiredInstant(row, "updated_at"));
  }
}
