package io.langfuse4j.server.api;

import io.langfuse4j.server.api.ObservationJson.Place;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.store.ObservationQuery;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.TraceStore;
import java.util.List;

/** {@code /api/public/observations}. */
final class ObservationsApi {
  private final TraceStore store;

  ObservationsApi(TraceStore store) {
    this.store = store;
  }

  Response list(Request request) {
    Parameters.Page page = Parameters.page(request);
    ObservationQuery query =
        ObservationQuery.of(request.project())
            .filters(filters(request).list())
            .page(page.limit(), page.offset())
            .content(true);
    List<StoredObservation> observations = store.observations(query);
    return Pages.of(
        page,
        store.countObservations(query),
        json -> {
          PricedModels models = new PricedModels(store, request.project());
          for (StoredObservation observation : observations) {
            json.element(
                fields ->
                    ObservationJson.write(
                        fields, request.project(), observation, models, Place.LIST));
          }
        });
  }

  Response get(Request request) {
    String id = request.pathParameter("observationId");
    StoredObservation observation = store.observation(request.project(), null, id);
    if (observation == null) {
      throw ApiException.notFound("Observation with id " + id + " not found");
    }
    return Response.json(
        200,
        Json.object(
            json ->
                ObservationJson.write(
                    json,
                    request.project(),
                    observation,
                    new PricedModels(store, request.project()),
                    Place.SINGLE)));
  }

  /** The simple parameters that both versions of the list know. */
  static Filters filters(Request request) {
    Filters filters = Filters.of(request);
    for (String column :
        List.of("name", "userId", "type", "traceId", "level", "parentObservationId", "version")) {
      filters.equal(column, request.query(column));
    }
    return filters
        .anyOf("environment", Parameters.repeated(request, "environment"))
        .between(
            "startTime",
            Parameters.instant(request, "fromStartTime"),
            Parameters.instant(request, "toStartTime"));
  }
}
