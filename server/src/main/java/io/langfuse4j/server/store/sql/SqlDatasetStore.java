package io.langfuse4j.server.store.sql;

import io.langfuse4j.server.model.Dataset;
import io.langfuse4j.server.model.DatasetItem;
import io.langfuse4j.server.model.DatasetRun;
import io.langfuse4j.server.store.DatasetItemQuery;
import io.langfuse4j.server.store.DatasetStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Datasets, their items' versions and their runs, each a transaction. Thread-safe. */
final class SqlDatasetStore implements DatasetStore {
  private final SqlDatabase database;

  SqlDatasetStore(SqlDatabase database) {
    this.database = database;
  }

  @Override
  public CompletableFuture<Dataset> putDataset(String project, Dataset.Draft draft) {
    return database.write(
        project, 1_000, (transaction, key) -> DatasetRows.put(transaction, key, draft));
  }

  @Override
  public @Nullable Dataset dataset(String project, String name) {
    return database.find(session -> DatasetRows.one(session, project, name));
  }

  @Override
  public List<Dataset> datasets(String project, int limit, long offset) {
    return database.read(session -> DatasetRows.page(session, project, limit, offset));
  }

  @Override
  public long countDatasets(String project) {
    return database.read(session -> DatasetRows.count(session, project));
  }

  @Override
  public CompletableFuture<DatasetItem> putItem(String project, DatasetItem.Draft draft) {
    long weight =
        1_000L + length(draft.input()) + length(draft.expectedOutput()) + length(draft.metadata());
    return database.write(
        project, weight, (transaction, key) -> DatasetItemRows.put(transaction, key, draft));
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : 2L * text.length();
  }

  @Override
  public CompletableFuture<Boolean> deleteItem(String project, String id) {
    return database.write(
        project, 1_000, (transaction, key) -> DatasetItemRows.delete(transaction, key, id));
  }

  @Override
  public @Nullable DatasetItem item(String project, String id, @Nullable Instant version) {
    return database.find(session -> DatasetItemRows.one(session, project, id, version));
  }

  @Override
  public List<DatasetItem> items(DatasetItemQuery query) {
    return database.read(session -> DatasetItemRows.page(session, query));
  }

  @Override
  public long countItems(DatasetItemQuery query) {
    return database.read(session -> DatasetItemRows.count(session, query));
  }

  @Override
  public CompletableFuture<DatasetRun.Item> addRunItem(String project, DatasetRun.Draft draft) {
    return database.write(
        project,
        1_000,
        (transaction, key) -> DatasetRunRows.addItem(transaction, project, key, draft));
  }

  @Override
  public List<DatasetRun> runs(String project, String datasetId, int limit, long offset) {
    return database.read(
        session -> DatasetRunRows.page(session, project, datasetId, limit, offset));
  }

  @Override
  public long countRuns(String project, String datasetId) {
    return database.read(session -> DatasetRunRows.count(session, project, datasetId));
  }

  @Override
  public @Nullable DatasetRun run(String project, String datasetId, String name) {
    return database.find(session -> DatasetRunRows.one(session, project, datasetId, name));
  }

  @Override
  public List<DatasetRun.Item> runItems(String project, DatasetRun run, int limit, long offset) {
    return database.read(session -> DatasetRunRows.items(session, project, run, limit, offset));
  }

  @Override
  public long countRunItems(String project, DatasetRun run) {
    return database.read(session -> DatasetRunRows.countItems(session, project, run));
  }

  @Override
  public CompletableFuture<Boolean> deleteRun(String project, String datasetId, String name) {
    return database.write(
        project,
        1_000,
        (transaction, key) -> DatasetRunRows.delete(transaction, key, datasetId, name));
  }
}
