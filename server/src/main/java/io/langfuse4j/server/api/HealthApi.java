package io.langfuse4j.server.api;

import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.observability.Probes;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.MediaFiles;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Health and readiness, within two seconds whatever does not answer. {@code version} is the
 * Langfuse version whose API is answered. Nobody's keys are asked for, so nothing is told but the
 * names of what is not reachable.
 */
final class HealthApi {
  private static final String LANGFUSE_VERSION = "4.16.0";
  private static final Duration RECENT = Duration.ofMinutes(3);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String serverName;
  private final Part traces;
  private final Part metadata;
  private final Part media;
  private final Probes.Probe<Boolean> recent;

  /** Something that the server needs, and whether it answers. */
  private record Part(String name, Probes.Probe<Boolean> probe) {
    CompletableFuture<Boolean> answers() {
      return probe.ask(PATIENCE).exceptionally(failure -> false);
    }
  }

  /**
   * @param project id of any project
   */
  HealthApi(
      TraceStore store,
      MediaFiles files,
      String project,
      Probes probes,
      Clock clock,
      String serverName) {
    this.serverName = serverName;
    TraceQuery newest = TraceQuery.of(project).page(1, 0);
    this.traces = part("traces", probes, () -> store.traces(newest));
    this.metadata = part("metadata", probes, store::reach);
    this.media = part("media", probes, files::reach);
    this.recent =
        probes.of(
            () -> {
              Filter lately = Filter.from("timestamp", clock.instant().minus(RECENT));
              return !store.traces(newest.filters(List.of(lately))).isEmpty();
            });
  }

  private static Part part(String name, Probes probes, Runnable question) {
    return new Part(
        name,
        probes.of(
            () -> {
              question.run();
              return true;
            }));
  }

  CompletionStage<Response> health(Request request) {
    CompletableFuture<List<String>> missing =
        asked(request, "failIfDatabaseUnavailable")
            ? missing(List.of(traces, metadata))
            : CompletableFuture.completedFuture(List.of());
    CompletableFuture<Boolean> alive =
        asked(request, "failIfNoRecentEvents")
            ? recent.ask(PATIENCE).exceptionally(failure -> false)
            : CompletableFuture.completedFuture(true);
    return missing.thenCombine(
        alive,
        (unavailable, eventsCome) -> {
          if (unavailable.isEmpty() && !eventsCome) {
            return answer(503, "No traces within the last 3 minutes", unavailable);
          }
          return database(unavailable);
        });
  }

  private static boolean asked(Request request, String name) {
    return "true".equals(request.query(name));
  }

  /** Without its files a server is still of use; without one of its databases it hardly is. */
  CompletionStage<Response> ready(Request request) {
    return missing(List.of(traces, metadata))
        .thenCombine(
            missing(List.of(media)),
            (databases, files) ->
                files.isEmpty() || !databases.isEmpty()
                    ? database(joined(databases, files))
                    : answer(200, "OK", files));
  }

  private static CompletableFuture<List<String>> missing(List<Part> parts) {
    CompletableFuture<List<String>> missing = CompletableFuture.completedFuture(List.of());
    for (Part part : parts) {
      missing =
          missing.thenCombine(
              part.answers(),
              (before, answers) -> answers ? before : joined(before, List.of(part.name())));
    }
    return missing;
  }

  private static List<String> joined(List<String> some, List<String> others) {
    List<String> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  private Response database(List<String> unavailable) {
    return unavailable.isEmpty()
        ? answer(200, "OK", unavailable)
        : answer(503, "Database not available", unavailable);
  }

  private Response answer(int code, String text, List<String> unavailable) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", text);
    body.put("version", LANGFUSE_VERSION);
    body.put("server", serverName);
    if (!unavailable.isEmpty()) {
      body.put("unavailable", unavailable);
    }
    return Response.json(code, body);
  }
}
