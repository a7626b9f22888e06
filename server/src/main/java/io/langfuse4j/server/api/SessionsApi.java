package io.langfuse4j.server.api;

import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.Order;
import io.langfuse4j.server.store.SessionQuery;
import io.langfuse4j.server.store.SessionSummary;
import io.langfuse4j.server.store.StoredTrace;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import java.io.IOException;
import java.util.List;

/** {@code /api/public/sessions}. */
final class SessionsApi {
  private static final int MOST_TRACES = 10_000;

  private final TraceStore store;

  SessionsApi(TraceStore store) {
    this.store = store;
  }

  Response list(Request request) {
    Parameters.Page page = Parameters.page(request);
    List<Filter> filters =
        Filters.of(request)
            .anyOf("environment", Parameters.repeated(request, "environment"))
            .between(
                "timestamp",
                Parameters.instant(request, "fromTimestamp"),
                Parameters.instant(request, "toTimestamp"))
            .list();
    SessionQuery query = new SessionQuery(request.project(), filters, page.limit(), page.offset());
    List<SessionSummary> sessions = store.sessions(query);
    return Pages.of(
        page,
        store.countSessions(query),
        json -> {
          for (SessionSummary session : sessions) {
            json.element(fields -> core(fields, request.project(), session));
          }
        });
  }

  Response get(Request request) {
    String project = request.project();
    List<Filter> ofThisSession =
        List.of(Filter.equal("sessionId", request.pathParameter("sessionId")));
    List<SessionSummary> found = store.sessions(new SessionQuery(project, ofThisSession, 1, 0));
    if (found.isEmpty()) {
      throw ApiException.notFound("Session not found within authorized project");
    }
    List<StoredTrace> traces =
        store.traces(
            TraceQuery.of(project)
                .filters(ofThisSession)
                .order(new Order("timestamp", false))
                .page(MOST_TRACES, 0)
                .content(true));
    return Response.json(
        200,
        Json.object(
            json -> {
              core(json, project, found.get(0));
              json.array(
                  "traces",
                  array -> {
                    for (StoredTrace trace : traces) {
                      array.element(fields -> TraceJson.core(fields, project, trace, true));
                    }
                  });
            }));
  }

  private static void core(Json json, String project, SessionSummary session) throws IOException {
    json.field("id", session.id())
        .field("createdAt", session.createdAt())
        .field("projectId", project)
        .field("environment", session.environment());
  }
}
