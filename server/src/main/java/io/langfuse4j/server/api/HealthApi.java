package io.langfuse4j.server.api;

import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Health and readiness. {@code version} is the Langfuse version whose API is answered. */
final class HealthApi {
  private static final String LANGFUSE_VERSION = "4.16.0";
  private static final Duration RECENT = Duration.ofMinutes(3);

  private final TraceStore store;
  private final Clock clock;
  private final String serverName;

  HealthApi(TraceStore store, Clock clock, String serverName) {
    this.store = store;
    this.clock = clock;
    this.serverName = serverName;
  }

  Response health(Request request) {
    if ("true".equals(request.query("failIfDatabaseUnavailable")) && !databaseAnswers(request)) {
      return status(503, "Database not available");
    }
    if ("true".equals(request.query("failIfNoRecentEvents")) && !recentTrace(request)) {
      return status(503, "No traces within the last 3 minutes");
    }
    return status(200, "OK");
  }

  Response ready(Request request) {
    return databaseAnswers(request) ? status(200, "OK") : status(503, "Database not available");
  }

  private boolean databaseAnswers(Request request) {
    try {
      store.traces(TraceQuery.of(request.project()).page(1, 0));
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  private boolean recentTrace(Request request) {
    Filter recent = Filter.from("timestamp", clock.instant().minus(RECENT));
    return !store
        .traces(TraceQuery.of(request.project()).filters(List.of(recent)).page(1, 0))
        .isEmpty();
  }

  private Response status(int code, String text) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("status", text);
    body.put("version", LANGFUSE_VERSION);
    body.put("server", serverName);
    return Response.json(code, body);
  }
}
