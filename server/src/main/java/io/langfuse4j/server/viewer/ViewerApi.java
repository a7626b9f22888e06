package io.langfuse4j.server.viewer;

import io.langfuse4j.server.api.Json;
import io.langfuse4j.server.api.Parameters;
import io.langfuse4j.server.http.Access;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.http.Route;
import io.langfuse4j.server.store.FacetValue;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.ObservationQuery;
import io.langfuse4j.server.store.Order;
import io.langfuse4j.server.store.ScoreQuery;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.StoredScore;
import io.langfuse4j.server.store.StoredTrace;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The viewer's endpoints, under {@code /api/viewer}. */
public final class ViewerApi {
  private static final String BASE = "/api/viewer";
  private static final int VALUES_PER_FACET = 20;
  private static final int MOST_OBSERVATIONS = 100_000;
  private static final int MOST_SCORES = 10_000;
  private static final int MOST_SESSION_TRACES = 10_000;
  private static final Order OLDEST_FIRST = new Order("timestamp", false);

  private final TraceStore store;
  private final ServerInfo info;
  private final LiveFeed live;

  public ViewerApi(TraceStore store, ServerInfo info, LiveFeed live) {
    this.store = store;
    this.info = info;
    this.live = live;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(BASE + "/info", Access.VIEW, info::get),
        Route.get(BASE + "/traces", Access.VIEW, this::traces),
        Route.get(BASE + "/facets", Access.VIEW, this::facets),
        Route.get(BASE + "/traces/{traceId}", Access.VIEW, this::trace),
        Route.get(
            BASE + "/traces/{traceId}/observations/{observationId}",
            Access.VIEW,
            this::observation),
        Route.get(BASE + "/sessions/{sessionId}", Access.VIEW, this::session),
        Route.events(BASE + "/live", Access.VIEW, live));
  }

  private Response traces(Request request) {
    int limit = Parameters.integer(request, "limit", 50, 1, 500);
    TraceQuery query = ViewerQuery.of(request);
    TraceQuery.Position after = ViewerQuery.after(request);
    List<StoredTrace> found = store.traces(query.page(limit + 1, 0).after(after));
    boolean more = found.size() > limit;
    List<StoredTrace> page = more ? found.subList(0, limit) : found;
    long total = more || after != null ? store.countTraces(query) : page.size();
    return Response.json(
        200,
        Json.object(
            json -> {
              json.array(
                  "data",
                  array -> {
                    for (StoredTrace trace : page) {
                      array.element(row -> ViewerJson.trace(row, trace.summary()));
                    }
                  });
              json.field("nextCursor", more ? cursor(page.get(page.size() - 1)) : null)
                  .field("total", total);
            }));
  }

  private static String cursor(StoredTrace last) {
    return ViewerQuery.cursor(last.summary().timestamp(), last.summary().id());
  }

  private Response facets(Request request) {
    Map<String, List<FacetValue>> facets = store.facets(ViewerQuery.of(request), VALUES_PER_FACET);
    return Response.json(200, facets);
  }

  private Response trace(Request request) {
    String id = request.pathParameter("traceId");
    StoredTrace trace = store.trace(request.project(), id);
    if (trace == null) {
      throw ApiException.notFound("Trace " + id + " not found within authorized project");
    }
    List<StoredObservation> observations =
        store.observations(
            ObservationQuery.of(request.project())
                .filters(List.of(Filter.equal("traceId", id)))
                .order(new Order("startTime", false))
                .page(MOST_OBSERVATIONS, 0));
    List<StoredScore> scores =
        store.scores(
            ScoreQuery.of(request.project())
                .filters(List.of(Filter.equal("traceId", id)))
                .page(MOST_SCORES, 0));
    return Response.json(
        200,
        Json.object(
            json -> {
              json.object(
                  "trace",
                  fields -> {
                    ViewerJson.trace(fields, trace.summary());
                    fields
                        .parsedContainer("input", trace.input())
                        .parsedContainer("output", trace.output())
                        .metadata("metadata", trace.metadata());
                  });
              json.array("observations", array -> rows(array, observations))
                  .array(
                      "scores",
                      array -> {
                        for (StoredScore score : scores) {
                          array.element(row -> ViewerJson.score(row, score));
                        }
                      });
            }));
  }

  private static void rows(Json array, List<StoredObservation> observations) throws IOException {
    for (StoredObservation observation : observations) {
      array.element(row -> ViewerJson.observation(row, observation));
    }
  }

  private Response observation(Request request) {
    String id = request.pathParameter("observationId");
    StoredObservation observation =
        store.observation(request.project(), request.pathParameter("traceId"), id);
    if (observation == null) {
      throw ApiException.notFound("Observation with id " + id + " not found");
    }
    return Response.json(
        200,
        Json.object(
            json -> {
              ViewerJson.observation(json, observation);
              json.parsedContainer("input", observation.observation().content().input())
                  .parsedContainer("output", observation.observation().content().output())
                  .metadata("metadata", observation.observation().content().metadata());
            }));
  }

  private Response session(Request request) {
    String id = request.pathParameter("sessionId");
    List<StoredTrace> traces =
        store.traces(
            TraceQuery.of(request.project())
                .filters(List.of(Filter.equal("sessionId", id)))
                .order(OLDEST_FIRST)
                .page(MOST_SESSION_TRACES, 0)
                .content(true));
    if (traces.isEmpty()) {
      throw ApiException.notFound("Session not found within authorized project");
    }
    return Response.json(
        200,
        Json.object(
            json ->
                json.field("id", id)
                    .array(
                        "traces",
                        array -> {
                          for (StoredTrace trace : traces) {
                            array.element(row -> sessionTrace(row, trace));
                          }
                        })));
  }

  private static void sessionTrace(Json row, StoredTrace trace) throws IOException {
    ViewerJson.trace(row, trace.summary());
    row.parsedContainer("input", trace.input()).parsedContainer("output", trace.output());
  }
}
