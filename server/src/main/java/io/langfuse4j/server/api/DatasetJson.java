package io.langfuse4j.server.api;

import io.langfuse4j.server.model.Dataset;
import io.langfuse4j.server.model.DatasetItem;
import io.langfuse4j.server.model.DatasetRun;
import java.io.IOException;

/** Datasets, their items and runs as the public API shows them. */
final class DatasetJson {
  private DatasetJson() {}

  static void dataset(Json json, String project, Dataset dataset) throws IOException {
    json.field("id", dataset.id())
        .field("projectId", project)
        .field("name", dataset.name())
        .field("description", dataset.description())
        .rawOrNull("metadata", dataset.metadata())
        .rawOrNull("inputSchema", dataset.inputSchema())
        .rawOrNull("expectedOutputSchema", dataset.expectedOutputSchema())
        .field("createdAt", dataset.createdAt())
        .field("updatedAt", dataset.updatedAt());
  }

  static void item(Json json, DatasetItem item) throws IOException {
    json.field("id", item.id())
        .field("datasetId", item.datasetId())
        .field("datasetName", item.datasetName())
        .field("status", item.status().name())
        .field("sourceTraceId", item.sourceTraceId())
        .field("sourceObservationId", item.sourceObservationId())
        .field("createdAt", item.createdAt())
        .field("updatedAt", item.updatedAt())
        .rawOrNull("input", item.input())
        .rawOrNull("expectedOutput", item.expectedOutput())
        .rawOrNull("metadata", item.metadata());
  }

  static void run(Json json, DatasetRun run) throws IOException {
    json.field("id", run.id())
        .field("name", run.name())
        .field("description", run.description())
        .raw("metadata", run.metadata())
        .field("datasetId", run.datasetId())
        .field("datasetName", run.datasetName())
        .field("createdAt", run.createdAt())
        .field("updatedAt", run.updatedAt());
  }

  static void runItem(Json json, DatasetRun.Item item) throws IOException {
    json.field("id", item.id())
        .field("datasetRunId", item.runId())
        .field("datasetRunName", item.runName())
        .field("datasetItemId", item.itemId())
        .field("traceId", item.traceId())
        .field("observationId", item.observationId())
        .field("createdAt", item.createdAt())
        .field("updatedAt", item.createdAt());
  }
}
