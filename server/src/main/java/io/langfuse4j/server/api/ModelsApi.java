package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.pricing.Model;
import io.langfuse4j.server.pricing.ModelJson;
import io.langfuse4j.server.store.ModelStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code /api/public/models}: what models cost, ours and the project's own. */
final class ModelsApi {
  private static final Comparator<Model> BY_NAME =
      Comparator.comparing(Model::name)
          .thenComparing(Model::unit)
          .thenComparing(Model::startDate, Comparator.nullsLast(Comparator.reverseOrder()));

  private final ModelStore store;
  private final Clock clock;

  ModelsApi(ModelStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  Response list(Request request) {
    Parameters.Page page = Parameters.page(request);
    List<Model> models = new ArrayList<>(store.models(request.project()));
    models.sort(BY_NAME);
    int from = (int) Math.min(page.offset(), models.size());
    List<Model> shown = models.subList(from, Math.min(from + page.limit(), models.size()));
    return Pages.of(
        page,
        models.size(),
        json -> {
          for (Model model : shown) {
            ObjectNode fields = ModelJson.write(model);
            json.element(
                element -> {
                  for (var field : fields.properties()) {
                    element.raw(field.getKey(), field.getValue().toString());
                  }
                });
          }
        });
  }

  Response get(Request request) {
    Model model = store.model(request.project(), request.pathParameter("modelId"));
    if (model == null) {
      throw ApiException.notFound("No model with this id found.");
    }
    return shown(model);
  }

  CompletionStage<Response> create(Request request) {
    Model model = ModelBody.parse(request.body().open(), clock.instant());
    return store
        .addModel(request.project(), model)
        .thenApply(
            added -> {
              if (!added) {
                throw ApiException.invalidRequest(
                    "Model name '" + model.name() + "' already exists in project");
              }
              return shown(model);
            });
  }

  CompletionStage<Response> delete(Request request) {
    return store
        .deleteModel(request.project(), request.pathParameter("modelId"))
        .thenApply(
            deleted -> {
              if (!deleted) {
                throw ApiException.notFound(
                    "No model with this id found. Built-in models cannot be deleted; a model of"
                        + " your own that matches the same names takes their place.");
              }
              return Response.json(200, Map.of("message", "Model successfully deleted"));
            });
  }

  private static Response shown(Model model) {
    return Response.json(200, ModelJson.write(model).toString().getBytes(StandardCharsets.UTF_8));
  }
}
