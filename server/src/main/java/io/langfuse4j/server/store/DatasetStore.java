package io.langfuse4j.server.store;

import io.langfuse4j.server.model.Dataset;
import io.langfuse4j.server.model.DatasetItem;
import io.langfuse4j.server.model.DatasetRun;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps datasets, their items and runs. The promises are those of {@link TraceStore}; a write that
 * does not fit what is stored completes with a {@link RefusedException}. Lists are newest first.
 */
public interface DatasetStore {

  /** Makes a dataset, or changes the one of its name. */
  CompletableFuture<Dataset> putDataset(String project, Dataset.Draft draft);

  /** One dataset, or null. */
  @Nullable Dataset dataset(String project, String name);

  List<Dataset> datasets(String project, int limit, long offset);

  long countDatasets(String project);

  /**
   * Makes an item, or a new version of the one of its id. Refused if there is no such dataset, or
   * if the item is in another.
   */
  CompletableFuture<DatasetItem> putItem(String project, DatasetItem.Draft draft);

  /**
   * Deletes an item; its older versions remain for whoever asks for their time.
   *
   * @return completes with false if there is none
   */
  CompletableFuture<Boolean> deleteItem(String project, String id);

  /**
   * One item, or null.
   *
   * @param version as in {@link DatasetItemQuery}
   */
  @Nullable DatasetItem item(String project, String id, @Nullable Instant version);

  List<DatasetItem> items(DatasetItemQuery query);

  /** How many items match, whatever the query's page. */
  long countItems(DatasetItemQuery query);

  /** Adds an item to a run, which is made if need be. Refused if there is no active such item. */
  CompletableFuture<DatasetRun.Item> addRunItem(String project, DatasetRun.Draft draft);

  /** Runs of a dataset. */
  List<DatasetRun> runs(String project, String datasetId, int limit, long offset);

  long countRuns(String project, String datasetId);

  /** One run, or null. */
  @Nullable DatasetRun run(String project, String datasetId, String name);

  List<DatasetRun.Item> runItems(String project, DatasetRun run, int limit, long offset);

  long countRunItems(String project, DatasetRun run);

  /**
   * Deletes a run and what it says about items, not the traces.
   *
   * @return completes with false if there is none
   */
  CompletableFuture<Boolean> deleteRun(String project, String datasetId, String name);
}
