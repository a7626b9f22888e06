package io.langfuse4j.server.viewer;

import io.langfuse4j.server.api.Json;
import io.langfuse4j.server.api.Parameters;
import io.langfuse4j.server.http.Access;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Handler;
import io.langfuse4j.server.http.Lane;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.http.Route;
import io.langfuse4j.server.http.SignIns;
import io.langfuse4j.server.store.FacetValue;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.InsightStore.Grouping;
import io.langfuse4j.server.store.ObservationQuery;
import io.langfuse4j.server.store.Order;
import io.langfuse4j.server.store.ScoreQuery;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.StoredScore;
import io.langfuse4j.server.store.StoredTrace;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The viewer's endpoints, under {@code /api/viewer}. */
public final class ViewerApi {
  private static final String BASE = "/api/viewer";
  private static final int MOST_COUNTED = 10_000;
  private static final int VALUES_PER_FACET = 20;
  private static final int MOST_OBSERVATIONS = 100_000;
  private static final int MOST_SCORES = 10_000;
  private static final int MOST_SESSION_TRACES = 10_000;
  private static final long UNASKED = 2_000_000;
  private static final Order OLDEST_FIRST = new Order("timestamp", false);

  private final TraceStore store;
  private final ServerInfo info;
  private final LiveFeed live;
  private final Overviews overviews;
  private final Annotations scores;
  private final SignInApi signIn;

  public ViewerApi(TraceStore store, ServerInfo info, LiveFeed live, SignIns signIns, Clock clock) {
    this.store = store;
    this.info = info;
    this.live = live;
    this.overviews = new Overviews(store, clock);
    this.scores = new Annotations(store, clock);
    this.signIn = new SignInApi(signIns);
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
        Route.get(BASE + "/performance", Access.VIEW, overviews::performance),
        Route.get(BASE + "/volume", Access.VIEW, overviews::volume),
        Route.get(
            BASE + "/users", Access.VIEW, request -> overviews.groups(request, Grouping.USER)),
        Route.get(
            BASE + "/sessions",
            Access.VIEW,
            request -> overviews.groups(request, Grouping.SESSION)),
        Route.post(BASE + "/scores", Access.VIEW, scores::annotate),
        Route.delete(BASE + "/scores/{scoreId}", Access.VIEW, scores::delete),
        Route.post(BASE + "/sign-in", Access.VIEW, Handler.blocking(signIn::signIn))
            .in(Lane.SERVER),
        Route.delete(BASE + "/sign-in", Access.VIEW, Handler.blocking(signIn::signOut))
            .in(Lane.SERVER),
        Route.events(BASE + "/live", Access.VIEW, live));
  }

  private Response traces(Request request) {
    int limit = Parameters.integer(request, "limit", 50, 1, 500);
    TraceQuery query = ViewerQuery.of(request);
    Order order = ViewerQuery.order(request);
    boolean byTime = order.equals(Order.NEWEST_TRACE);
    TraceQuery.Position after = byTime ? ViewerQuery.after(request) : null;
    long offset = byTime ? 0 : ViewerQuery.offset(request);
    List<StoredTrace> found = store.traces(query.order(order).page(limit + 1, offset).after(after));
    boolean more = found.size() > limit;
    List<StoredTrace> page = more ? found.subList(0, limit) : found;
    String next = null;
    if (more) {
      next = byTime ? cursor(page.get(limit - 1)) : ViewerQuery.cursor(offset + limit);
    }
    String nextCursor = next;
    Map<String, List<StoredScore>> scores = scoresOf(request.project(), page);
    long total =
        more || after != null || offset > 0 ? store.countTraces(query, MOST_COUNTED) : page.size();
    boolean exact = total < MOST_COUNTED || isEverything(query);
    return Response.json(
        200,
        Json.object(
            json -> {
              json.array(
                  "data",
                  array -> {
                    for (StoredTrace trace : page) {
                      array.element(
                          row -> {
                            ViewerJson.trace(row, trace.summary());
                            ViewerJson.verdicts(
                                row, scores.getOrDefault(trace.summary().id(), List.of()));
                          });
                    }
                  });
              json.field("nextCursor", nextCursor)
                  .field("total", total)
                  .field("totalIsExact", exact);
            }));
  }

  private Map<String, List<StoredScore>> scoresOf(String project, List<StoredTrace> traces) {
    if (traces.isEmpty()) {
      return Map.of();
    }
    List<String> ids = traces.stream().map(trace -> trace.summary().id()).toList();
    return store
        .scores(
            ScoreQuery.of(project)
                .filters(List.of(Filter.anyOf("traceId", ids)))
                .page(MOST_SCORES, 0))
        .stream()
        .collect(Collectors.groupingBy(score -> String.valueOf(score.score().subject().traceId())));
  }

  private static boolean isEverything(TraceQuery query) {
    return query.filters().isEmpty() && query.search() == null;
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
                    bodies(fields, trace, "all".equals(request.query("bodies")));
                    fields.metadata("metadata", trace.metadata());
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
    bodies(row, trace, false);
  }

  /** Input and output, unless they are too large to be sent before somebody asks for them. */
  private static void bodies(Json json, StoredTrace trace, boolean all) throws IOException {
    long size = length(trace.input()) + length(trace.output());
    boolean sent = all || size <= UNASKED;
    json.parsedContainer("input", sent ? trace.input() : null)
        .parsedContainer("output", sent ? trace.output() : null)
        .field("omittedBytes", sent ? null : size);
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
