package io.langfuse4j.server.api;

import io.langfuse4j.server.api.ObservationJson.Place;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.Comment;
import io.langfuse4j.server.model.Level;
import io.langfuse4j.server.model.ObservationType;
import io.langfuse4j.server.store.ObservationQuery;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.TraceStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
            .filters(
                filters(request, Filters.of(request))
                    .list(store.annotations(), request, Comment.ObjectType.OBSERVATION))
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
  static Filters filters(Request request, Filters filters) {
    for (String column : List.of("name", "userId", "traceId", "parentObservationId", "version")) {
      filters.equal(column, request.query(column));
    }
    return filters
        .equal("type", name(Parameters.option(request, "type", ObservationType.class)))
        .equal("level", name(Parameters.option(request, "level", Level.class)))
        .anyOf("environment", Parameters.repeated(request, "environment"))
        .between(
            "startTime",
            Parameters.instant(request, "fromStartTime"),
            Parameters.instant(request, "toStartTime"));
  }

  private static @Nullable String name(@Nullable Enum<?> option) {
    return option == null ? null : option.name();
  }
}
