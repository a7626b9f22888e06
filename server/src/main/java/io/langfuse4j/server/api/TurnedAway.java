package io.langfuse4j.server.api;

import io.langfuse4j.server.http.RequestObserver;
import org.jspecify.annotations.Nullable;

/**
 * Counts the exports that no handler gets to see: those for a wrong address, with wrong keys, or
 * too large. Whoever sends them learns of it in a log that nobody reads; here it is found beside
 * what handlers refuse. Thread-safe.
 */
public final class TurnedAway implements RequestObserver {
  private static final String TRACES = "/otel/v1/traces";

  private final IngestStatistics statistics;

  public TurnedAway(IngestStatistics statistics) {
    this.statistics = statistics;
  }

  @Override
  public void completed(CompletedRequest request) {
    String reason = "POST".equals(request.method()) ? reason(request) : null;
    if (reason != null) {
      statistics.rejected(reason);
    }
  }

  private static @Nullable String reason(CompletedRequest request) {
    String route = request.route();
    if (route.equals("unknown")) {
      return switch (request.status()) {
        case 404 -> "Wrong address (404): traces are taken in at /api/public/otel/v1/traces";
        case 405 -> "Not an address to send to (405): traces go to /api/public/otel/v1/traces";
        default -> null;
      };
    }
    if (!takesIn(route)) {
      return null;
    }
    return switch (request.status()) {
      case 401, 403 -> "Keys that no project here has (" + request.status() + ") at " + route;
      case 413 -> "Larger than this server takes (413) at " + route;
      default -> null;
    };
  }

  private static boolean takesIn(String route) {
    return route.endsWith(TRACES) || route.equals("/v1/traces") || route.endsWith("/ingestion");
  }
}
