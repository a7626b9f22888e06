package io.langfuse4j.server.api;

import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.Dataset;
import io.langfuse4j.server.model.DatasetItem;
import io.langfuse4j.server.store.DatasetItemQuery;
import io.langfuse4j.server.store.DatasetStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code /api/public/dataset-items}. */
final class DatasetItemsApi {
  private static final long BODY_LIMIT = 4_500_000;

  private final DatasetStore store;
  private final ItemMedia media;

  DatasetItemsApi(DatasetStore store, ItemMedia media) {
    this.store = store;
    this.media = media;
  }

  CompletionStage<Response> put(Request request) {
    DatasetItem.Draft draft = draft(request);
    Dataset dataset = store.dataset(request.project(), draft.datasetName());
    if (dataset != null) {
      ItemSchemas.validate(dataset, draft);
    }
    return media
        .use(request.project(), draft)
        .thenCompose(used -> store.putItem(request.project(), draft))
        .thenApply(item -> shown(request, item));
  }

  private static DatasetItem.Draft draft(Request request) {
    BodyFields fields = new BodyFields(BodyFields.read(request, BODY_LIMIT));
    try {
      String id = fields.has("id") ? fields.requiredText("id") : UUID.randomUUID().toString();
      DatasetItem.Draft draft =
          new DatasetItem.Draft(
              id,
              fields.requiredText("datasetName"),
              fields.option("status", DatasetItem.Status.class),
              fields.text("sourceTraceId"),
              fields.text("sourceObservationId"),
              fields.json("input"),
              fields.json("expectedOutput"),
              fields.json("metadata"));
      fields.check();
      return draft;
    } catch (InvalidBodyException e) {
      throw e.answer();
    }
  }

  Response list(Request request) {
    Parameters.Page page = Parameters.page(request);
    String datasetName = request.query("datasetName");
    Instant version = Parameters.instant(request, "version");
    if (version != null && datasetName == null) {
      throw Issues.custom("version", "version needs datasetName");
    }
    DatasetItemQuery query =
        new DatasetItemQuery(
            request.project(),
            datasetName == null ? null : dataset(request, datasetName).id(),
            request.query("sourceTraceId"),
            request.query("sourceObservationId"),
            DatasetItem.Status.ACTIVE,
            version,
            page.limit(),
            page.offset());
    List<DatasetItem> items = store.items(query);
    return Pages.of(
        page,
        store.countItems(query),
        json -> {
          for (DatasetItem item : items) {
            json.element(fields -> media.item(fields, request, item));
          }
        });
  }

  private Dataset dataset(Request request, String name) {
    Dataset dataset = store.dataset(request.project(), name);
    if (dataset == null) {
      throw ApiException.notFound("Dataset not found");
    }
    return dataset;
  }

  Response get(Request request) {
    DatasetItem item = store.item(request.project(), request.pathParameter("itemId"), null);
    return shown(request, found(item));
  }

  private static DatasetItem found(@Nullable DatasetItem item) {
    if (item == null) {
      throw ApiException.notFound("Dataset item not found");
    }
    return item;
  }

  CompletionStage<Response> delete(Request request) {
    return store
        .deleteItem(request.project(), request.pathParameter("itemId"))
        .thenApply(
            deleted -> {
              if (!deleted) {
                throw ApiException.notFound("Dataset item not found");
              }
              return Response.json(200, Map.of("message", "Dataset item successfully deleted"));
            });
  }

  private Response shown(Request request, DatasetItem item) {
    return Response.json(200, Json.object(json -> media.item(json, request, item)));
  }
}
