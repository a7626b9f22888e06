package io.langfuse4j.server.store.sqlite;

import static io.langfuse4j.server.store.common.ObservationMerge.later;

import io.langfuse4j.server.model.Dataset;
import io.langfuse4j.server.model.DatasetItem;
import io.langfuse4j.server.model.DatasetItem.Status;
import io.langfuse4j.server.model.DatasetRun;
import io.langfuse4j.server.store.DatasetItemQuery;
import io.langfuse4j.server.store.DatasetStore;
import io.langfuse4j.server.store.RefusedException;
import io.langfuse4j.server.store.RefusedException.Reason;
import io.langfuse4j.server.store.common.JsonText;
import io.langfuse4j.server.store.sql.Blobs;
import io.langfuse4j.server.store.sql.Rows;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Datasets, their items' versions and their runs in tables of those names. Thread-safe. */
final class SqliteDatasetStore implements DatasetStore {
  private static final String DATASET = "SELECT * FROM dataset d";
  private static final String ITEM =
      "SELECT i.*, d.id AS dataset_id, d.name AS dataset_name"
          + " FROM dataset_item i JOIN dataset d ON d.pk = i.dataset";
  private static final String RUN =
      "SELECT r.*, d.id AS dataset_id, d.name AS dataset_name"
          + " FROM dataset_run r JOIN dataset d ON d.pk = r.dataset";
  private static final String RUN_ITEM =
      "SELECT n.*, r.id AS run_id, r.name AS run_name"
          + " FROM dataset_run_item n JOIN dataset_run r ON r.pk = n.run";
  private static final String PUT_DATASET =
      "INSERT INTO dataset (project, id, name, description, metadata, input_schema,"
          + " expected_output_schema, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (project, name) DO UPDATE SET"
          + " description = coalesce(excluded.description, description),"
          + " metadata = coalesce(excluded.metadata, metadata),"
          + " input_schema = coalesce(excluded.input_schema, input_schema),"
          + " expected_output_schema ="
          + " coalesce(excluded.expected_output_schema, expected_output_schema),"
          + " updated_at = excluded.updated_at";
  private static final String INSERT_ITEM =
      "INSERT INTO dataset_item (project, dataset, id, valid_from, deleted, status,"
          + " source_trace_id, source_observation_id, input, expected_output, metadata,"
          + " created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String END_ITEM =
      "UPDATE dataset_item SET valid_to = ? WHERE id = ? AND project = ? AND valid_to IS NULL";
  private static final String PUT_RUN =
      "INSERT INTO dataset_run (project, dataset, id, name, description, metadata, created_at,"
          + " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (dataset, name) DO UPDATE SET description = excluded.description,"
          + " metadata = excluded.metadata, updated_at = excluded.updated_at";
  private static final String INSERT_RUN_ITEM =
      "INSERT INTO dataset_run_item (run, id, item_id, trace_id, observation_id, created_at)"
          + " VALUES ((SELECT pk FROM dataset_run WHERE dataset = ? AND name = ?),"
          + " ?, ?, ?, ?, ?)";
  private static final int RUN_ID_LENGTH = 16;

  private final Readers readers;
  private final GroupCommitter committer;

  SqliteDatasetStore(Readers readers, GroupCommitter committer) {
    this.readers = readers;
    this.committer = committer;
  }

  @Override
  public CompletableFuture<Dataset> putDataset(String project, Dataset.Draft draft) {
    return committer.submit(
        1_000,
        transaction -> {
          long key = transaction.project(project);
          transaction
              .statements()
              .execute(
                  PUT_DATASET,
                  key,
                  draft.id(),
                  draft.name(),
                  draft.description(),
                  draft.metadata(),
                  draft.inputSchema(),
                  draft.expectedOutputSchema(),
                  transaction.now(),
                  transaction.now());
          return datasets(transaction, key, draft.name()).get(0).dataset;
        });
  }

  private static List<StoredDataset> datasets(
      WriteTransaction transaction, long project, String name) throws SQLException {
    return transaction
        .statements()
        .list(
            DATASET + " WHERE d.project = ? AND d.name = ?",
            row -> new StoredDataset(row.getLong("pk"), dataset(row)),
            project,
            name);
  }

  private record StoredDataset(long pk, Dataset dataset) {}

  @Override
  public @Nullable Dataset dataset(String project, String name) {
    return first(
        readers.read(
            connection ->
                Sql.list(
                    connection,
                    DATASET,
                    Where.project(project, "d.project").and("d.name = ?", name),
                    "",
                    SqliteDatasetStore::dataset)));
  }

  @Override
  public List<Dataset> datasets(String project, int limit, long offset) {
    return readers.read(
        connection ->
            Sql.list(
                connection,
                DATASET,
                Where.project(project, "d.project"),
                "ORDER BY d.created_at DESC, d.pk DESC LIMIT ? OFFSET ?",
                SqliteDatasetStore::dataset,
                limit,
                offset));
  }

  @Override
  public long countDatasets(String project) {
    return readers.read(
        connection ->
            Sql.count(
                connection, "SELECT count(*) FROM dataset d", Where.project(project, "d.project")));
  }

  @Override
  public CompletableFuture<DatasetItem> putItem(String project, DatasetItem.Draft draft) {
    return committer.submit(weight(draft), transaction -> put(transaction, project, draft));
  }

  private static long weight(DatasetItem.Draft draft) {
    return 1_000
        + length(draft.input())
        + length(draft.expectedOutput())
        + length(draft.metadata());
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : 2L * text.length();
  }

  private static DatasetItem put(
      WriteTransaction transaction, String projectId, DatasetItem.Draft draft) throws SQLException {
    long project = transaction.project(projectId);
    List<StoredDataset> datasets = datasets(transaction, project, draft.datasetName());
    if (datasets.isEmpty()) {
      throw new RefusedException(Reason.NOT_FOUND, "Dataset not found");
    }
    StoredDataset dataset = datasets.get(0);
    StoredItem last = last(transaction, project, draft.id());
    if (last != null && !last.item.datasetId().equals(dataset.dataset.id())) {
      throw new RefusedException(
          Reason.NOT_FOUND,
          "The dataset item with id "
              + draft.id()
              + " already exists in a dataset other than "
              + dataset.dataset.name());
    }
    Instant now = after(last, transaction.now());
    DatasetItem base = last == null || last.deleted ? null : last.item;
    DatasetItem item = merge(draft, dataset.dataset, base, now);
    if (last != null) {
      transaction.statements().execute(END_ITEM, now, draft.id(), project);
    }
    insert(transaction, project, dataset.pk, item, false);
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
  private static Instant after(@Nullable StoredItem last, Instant now) {
    return last == null || now.isAfter(last.item.updatedAt())
        ? now
        : last.item.updatedAt().plusMillis(1);
  }

  private static @Nullable StoredItem last(WriteTransaction transaction, long project, String id)
      throws SQLException {
    return first(
        transaction
            .statements()
            .list(
                ITEM + " WHERE i.id = ? AND i.project = ? AND i.valid_to IS NULL",
                row -> new StoredItem(row.getLong("dataset"), row.getBoolean("deleted"), item(row)),
                id,
                project));
  }

  private record StoredItem(long dataset, boolean deleted, DatasetItem item) {}

  private static void insert(
      WriteTransaction transaction, long project, long dataset, DatasetItem item, boolean deleted)
      throws SQLException {
    transaction
        .statements()
        .execute(
            INSERT_ITEM,
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

  @Override
  public CompletableFuture<Boolean> deleteItem(String project, String id) {
    return committer.submit(
        1_000,
        transaction -> {
          long key = transaction.project(project);
          StoredItem last = last(transaction, key, id);
          if (last == null || last.deleted) {
            return false;
          }
          Instant now = after(last, transaction.now());
          transaction.statements().execute(END_ITEM, now, id, key);
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
          insert(transaction, key, last.dataset, gone, true);
          return true;
        });
  }

  @Override
  public @Nullable DatasetItem item(String project, String id, @Nullable Instant version) {
    return first(
        readers.read(
            connection ->
                Sql.list(
                    connection,
                    ITEM,
                    at(Where.project(project, "i.project").and("i.id = ?", id), version),
                    "",
                    SqliteDatasetStore::item)));
  }

  @Override
  public List<DatasetItem> items(DatasetItemQuery query) {
    return readers.read(
        connection ->
            Sql.list(
                connection,
                ITEM,
                where(query),
                "ORDER BY i.created_at DESC, i.id LIMIT ? OFFSET ?",
                SqliteDatasetStore::item,
                query.limit(),
                query.offset()));
  }

  @Override
  public long countItems(DatasetItemQuery query) {
    return readers.read(
        connection ->
            Sql.count(
                connection,
                "SELECT count(*) FROM dataset_item i JOIN dataset d ON d.pk = i.dataset",
                where(query)));
  }

  private static Where where(DatasetItemQuery query) {
    Where where =
        at(
            Where.project(query.project(), query.datasetId() == null ? "i.project" : "+i.project"),
            query.version());
    and(where, "d.id = ?", query.datasetId());
    and(where, "i.source_trace_id = ?", query.sourceTraceId());
    and(where, "i.source_observation_id = ?", query.sourceObservationId());
    Status status = query.status();
    and(where, "i.status = ?", status == null ? null : status.name());
    return where;
  }

  private static Where at(Where where, @Nullable Instant version) {
    where.and("i.deleted = 0");
    return version == null
        ? where.and("i.valid_to IS NULL")
        : where.and(
            "i.valid_from <= ? AND (i.valid_to IS NULL OR i.valid_to > ?)", version, version);
  }

  private static void and(Where where, String condition, @Nullable Object value) {
    if (value != null) {
      where.and(condition, value);
    }
  }

  @Override
  public CompletableFuture<DatasetRun.Item> addRunItem(String project, DatasetRun.Draft draft) {
    return committer.submit(1_000, transaction -> addRunItem(transaction, project, draft));
  }

  private static DatasetRun.Item addRunItem(
      WriteTransaction transaction, String projectId, DatasetRun.Draft draft) throws SQLException {
    long project = transaction.project(projectId);
    StoredItem item = version(transaction, project, draft.itemId(), draft.itemVersion());
    if (item == null || item.item.status() != Status.ACTIVE) {
      throw new RefusedException(Reason.NOT_FOUND, "Dataset item not found");
    }
    DatasetRun run = putRun(transaction, projectId, project, item, draft);
    transaction
        .statements()
        .execute(
            INSERT_RUN_ITEM,
            item.dataset,
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

  private static @Nullable StoredItem version(
      WriteTransaction transaction, long project, String id, @Nullable Instant version)
      throws SQLException {
    Instant at = version == null ? Instant.ofEpochMilli(Long.MAX_VALUE) : version;
    return first(
        transaction
            .statements()
            .list(
                ITEM
                    + " WHERE i.id = ? AND i.project = ? AND i.deleted = 0 AND i.valid_from <= ?"
                    + " AND (i.valid_to IS NULL OR i.valid_to > ?)",
                row -> new StoredItem(row.getLong("dataset"), false, item(row)),
                id,
                project,
                at,
                at));
  }

  private static DatasetRun putRun(
      WriteTransaction transaction,
      String projectId,
      long project,
      StoredItem item,
      DatasetRun.Draft draft)
      throws SQLException {
    DatasetRun before =
        first(
            transaction
                .statements()
                .list(
                    RUN + " WHERE r.dataset = ? AND r.name = ?",
                    SqliteDatasetStore::run,
                    item.dataset,
                    draft.runName()));
    DatasetRun run =
        new DatasetRun(
            before == null ? runId(projectId, item.item.datasetId(), draft.runName()) : before.id(),
            draft.runName(),
            later(before == null ? null : before.description(), draft.runDescription()),
            before == null ? draft.metadata() : JsonText.merge(before.metadata(), draft.metadata()),
            item.item.datasetId(),
            item.item.datasetName(),
            before == null ? draft.createdAt() : before.createdAt(),
            transaction.now());
    boolean changed =
        before == null
            || !run.metadata().equals(before.metadata())
            || !Objects.equals(run.description(), before.description());
    if (changed) {
      transaction
          .statements()
          .execute(
              PUT_RUN,
              project,
              item.dataset,
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
  private static String runId(String project, String dataset, String name) {
    try {
      String key = JsonText.write(List.of("langfuse-experiment-v1", project, dataset, name));
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, RUN_ID_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<DatasetRun> runs(String project, String datasetId, int limit, long offset) {
    return readers.read(
        connection ->
            Sql.list(
                connection,
                RUN,
                runsOf(project, datasetId),
                "ORDER BY r.created_at DESC, r.pk DESC LIMIT ? OFFSET ?",
                SqliteDatasetStore::run,
                limit,
                offset));
  }

  @Override
  public long countRuns(String project, String datasetId) {
    return readers.read(
        connection ->
            Sql.count(
                connection,
                "SELECT count(*) FROM dataset_run r JOIN dataset d ON d.pk = r.dataset",
                runsOf(project, datasetId)));
  }

  @Override
  public @Nullable DatasetRun run(String project, String datasetId, String name) {
    return first(
        readers.read(
            connection ->
                Sql.list(
                    connection,
                    RUN,
                    runsOf(project, datasetId).and("r.name = ?", name),
                    "",
                    SqliteDatasetStore::run)));
  }

  private static Where runsOf(String project, String datasetId) {
    return Where.project(project, "r.project").and("d.id = ?", datasetId);
  }

  @Override
  public List<DatasetRun.Item> runItems(String project, DatasetRun run, int limit, long offset) {
    return readers.read(
        connection ->
            Sql.list(
                connection,
                RUN_ITEM,
                itemsOf(project, run),
                "ORDER BY n.created_at DESC, n.pk DESC LIMIT ? OFFSET ?",
                SqliteDatasetStore::runItem,
                limit,
                offset));
  }

  @Override
  public long countRunItems(String project, DatasetRun run) {
    return readers.read(
        connection ->
            Sql.count(
                connection,
                "SELECT count(*) FROM dataset_run_item n JOIN dataset_run r ON r.pk = n.run",
                itemsOf(project, run)));
  }

  private static Where itemsOf(String project, DatasetRun run) {
    return Where.project(project, "r.project").and("r.id = ?", run.id());
  }

  @Override
  public CompletableFuture<Boolean> deleteRun(String project, String datasetId, String name) {
    return committer.submit(
        1_000,
        transaction -> {
          List<Long> found =
              transaction
                  .statements()
                  .list(
                      "SELECT r.pk FROM dataset_run r JOIN dataset d ON d.pk = r.dataset"
                          + " WHERE d.id = ? AND d.project = ? AND r.name = ?",
                      row -> row.getLong("pk"),
                      datasetId,
                      transaction.project(project),
                      name);
          for (long run : found) {
            transaction.statements().execute("DELETE FROM dataset_run_item WHERE run = ?", run);
            transaction.statements().execute("DELETE FROM dataset_run WHERE pk = ?", run);
          }
          return !found.isEmpty();
        });
  }

  private static <T> @Nullable T first(List<T> rows) {
    return rows.isEmpty() ? null : rows.get(0);
  }

  private static Dataset dataset(ResultSet row) throws SQLException {
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

  private static DatasetItem item(ResultSet row) throws SQLException {
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

  private static DatasetRun run(ResultSet row) throws SQLException {
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

  private static DatasetRun.Item runItem(ResultSet row) throws SQLException {
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
