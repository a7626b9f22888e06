package io.langfuse4j.server.api;

import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.DatasetRun;
import io.langfuse4j.server.store.DatasetStore;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.TraceStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code /api/public/dataset-run-items}: which trace a run made of an item. */
final class DatasetRunItemsApi {
  private static final long BODY_LIMIT = 1L << 20;

  private final TraceStore traces;
  private final DatasetStore store;
  private final Clock clock;

  DatasetRunItemsApi(TraceStore traces, Clock clock) {
    this.traces = traces;
    this.store = traces.datasets();
    this.clock = clock;
  }

  CompletionStage<Response> create(Request request) {
    DatasetRun.Draft draft = draft(request);
    return store
        .addRunItem(request.project(), draft)
        .thenApply(
            item -> Response.json(200, Json.object(json -> DatasetJson.runItem(json, item))));
  }

  private DatasetRun.Draft draft(Request request) {
    BodyFields fields = new BodyFields(BodyFields.read(request, BODY_LIMIT));
    try {
      String run = fields.requiredText("runName");
      String item = fields.requiredText("datasetItemId");
      Instant version = fields.instant("datasetVersion");
      String trace = fields.text("traceId");
      String observation = fields.text("observationId");
      Instant created = fields.instant("createdAt");
      String description = fields.text("runDescription");
      fields.check();
      return new DatasetRun.Draft(
          UUID.randomUUID().toString(),
          run,
          description,
          fields.metadata(),
          item,
          version,
          traceId(request, trace, observation),
          observation,
          created == null ? Instant.ofEpochMilli(clock.millis()) : created);
    } catch (InvalidBodyException e) {
      throw e.answer();
    }
  }

  /** Older clients name the observation alone. */
  private String traceId(Request request, @Nullable String trace, @Nullable String observation) {
    if (trace != null && !trace.isEmpty()) {
      return trace;
    }
    if (observation == null) {
      throw ApiException.notFound("Trace not found");
    }
    StoredObservation found = traces.observation(request.project(), null, observation);
    if (found == null) {
      throw ApiException.notFound("Observation not found");
    }
    return found.observation().traceId();
  }

  Response list(Request request) {
    Parameters.Page page = Parameters.page(request);
    String datasetId = required(request, "datasetId");
    String runName = required(request, "runName");
    DatasetRun run = store.run(request.project(), datasetId, runName);
    if (run == null) {
      throw ApiException.notFound("Dataset run not found for the given project and dataset id");
    }
    List<DatasetRun.Item> items =
        store.runItems(request.project(), run, page.limit(), page.offset());
    return Pages.of(
        page,
        store.countRunItems(request.project(), run),
        json -> {
          for (DatasetRun.Item item : items) {
            json.element(fields -> DatasetJson.runItem(fields, item));
          }
        });
  }

  private static String required(Request request, String name) {
    String value = request.query(name);
    if (value == null) {
      throw Issues.invalidType(name, "string", "undefined");
    }
    return value;
  }
}
