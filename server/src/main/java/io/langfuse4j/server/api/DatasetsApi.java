package io.langfuse4j.server.api;

import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.Dataset;
import io.langfuse4j.server.model.DatasetItem;
import io.langfuse4j.server.model.DatasetRun;
import io.langfuse4j.server.store.DatasetItemQuery;
import io.langfuse4j.server.store.DatasetStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * {@code /api/public/v2/datasets}, {@code /api/public/datasets} as older clients know it, and the
 * runs of a dataset.
 */
final class DatasetsApi {
  private static final long BODY_LIMIT = 1L << 20;
  private static final int EVERYTHING = Integer.MAX_VALUE;

  private final DatasetStore store;
  private final ItemMedia media;

  DatasetsApi(DatasetStore store, ItemMedia media) {
    this.store = store;
    this.media = media;
  }

  CompletionStage<Response> put(Request request) {
    return put(request, false);
  }

  CompletionStage<Response> putV1(Request request) {
    return put(request, true);
  }

  private CompletionStage<Response> put(Request request, boolean older) {
    Dataset.Draft draft = draft(request);
    return store
        .putDataset(request.project(), draft)
        .thenApply(
            dataset ->
                Response.json(
                    200,
                    Json.object(
                        json -> {
                          DatasetJson.dataset(json, request.project(), dataset);
                          if (older) {
                            json.array("items", items -> {}).array("runs", runs -> {});
                          }
                        })));
  }

  private static Dataset.Draft draft(Request request) {
    BodyFields fields = new BodyFields(BodyFields.read(request, BODY_LIMIT));
    try {
      Dataset.Draft draft =
          new Dataset.Draft(
              UUID.randomUUID().toString(),
              fields.requiredText("name"),
              fields.text("description"),
              fields.json("metadata"),
              fields.json("inputSchema"),
              fields.json("expectedOutputSchema"));
      fields.check();
      ItemSchemas.check("inputSchema", draft.inputSchema());
      ItemSchemas.check("expectedOutputSchema", draft.expectedOutputSchema());
      return draft;
    } catch (InvalidBodyException e) {
      throw e.answer();
    }
  }

  Response list(Request request) {
    return list(request, false);
  }

  Response listV1(Request request) {
    return list(request, true);
  }

  private Response list(Request request, boolean older) {
    Parameters.Page page = Parameters.page(request);
    List<Dataset> datasets = store.datasets(request.project(), page.limit(), page.offset());
    return Pages.of(
        page,
        store.countDatasets(request.project()),
        json -> {
          for (Dataset dataset : datasets) {
            json.element(
                fields -> {
                  DatasetJson.dataset(fields, request.project(), dataset);
                  if (older) {
                    fields.strings(
                        "items", items(request, dataset).stream().map(DatasetItem::id).toList());
                    fields.strings("runs", runNames(request, dataset));
                  }
                });
          }
        });
  }

  Response get(Request request) {
    Dataset dataset = find(request);
    return Response.json(
        200, Json.object(json -> DatasetJson.dataset(json, request.project(), dataset)));
  }

  Response getV1(Request request) {
    Dataset dataset = find(request);
    return Response.json(
        200,
        Json.object(
            json -> {
              DatasetJson.dataset(json, request.project(), dataset);
              json.array(
                  "items",
                  array -> {
                    for (DatasetItem item : items(request, dataset)) {
                      array.element(fields -> media.item(fields, request, item));
                    }
                  });
              json.strings("runs", runNames(request, dataset));
            }));
  }

  private List<DatasetItem> items(Request request, Dataset dataset) {
    return store.items(
        new DatasetItemQuery(
            request.project(),
            dataset.id(),
            null,
            null,
            DatasetItem.Status.ACTIVE,
            null,
            EVERYTHING,
            0));
  }

  private List<String> runNames(Request request, Dataset dataset) {
    return store.runs(request.project(), dataset.id(), EVERYTHING, 0).stream()
        .map(DatasetRun::name)
        .toList();
  }

  Response runs(Request request) {
    Parameters.Page page = Parameters.page(request);
    Dataset dataset = find(request);
    List<DatasetRun> runs =
        store.runs(request.project(), dataset.id(), page.limit(), page.offset());
    return Pages.of(
        page,
        store.countRuns(request.project(), dataset.id()),
        json -> {
          for (DatasetRun run : runs) {
            json.element(fields -> DatasetJson.run(fields, run));
          }
        });
  }

  Response run(Request request) {
    Dataset dataset = store.dataset(request.project(), request.pathParameter("name"));
    DatasetRun run =
        dataset == null
            ? null
            : store.run(request.project(), dataset.id(), request.pathParameter("runName"));
    if (run == null) {
      throw ApiException.notFound("Dataset run not found");
    }
    return Response.json(
        200,
        Json.object(
            json -> {
              DatasetJson.run(json, run);
              json.array("datasetRunItems", array -> runItems(array, request, run));
            }));
  }

  private void runItems(Json array, Request request, DatasetRun run) throws IOException {
    for (DatasetRun.Item item : store.runItems(request.project(), run, EVERYTHING, 0)) {
      array.element(fields -> DatasetJson.runItem(fields, item));
    }
  }

  CompletionStage<Response> deleteRun(Request request) {
    Dataset dataset = store.dataset(request.project(), request.pathParameter("name"));
    if (dataset == null) {
      throw ApiException.notFound("Dataset run not found");
    }
    return store
        .deleteRun(request.project(), dataset.id(), request.pathParameter("runName"))
        .thenApply(
            deleted -> {
              if (!deleted) {
                throw ApiException.notFound("Dataset run not found");
              }
              return Response.json(200, Map.of("message", "Dataset run successfully deleted"));
            });
  }

  private Dataset find(Request request) {
    Dataset dataset = store.dataset(request.project(), request.pathParameter("name"));
    if (dataset == null) {
      throw ApiException.notFound("Dataset not found");
    }
    return dataset;
  }
}
