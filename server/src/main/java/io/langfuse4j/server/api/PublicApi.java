package io.langfuse4j.server.api;

import io.langfuse4j.server.http.Access;
import io.langfuse4j.server.http.Handler;
import io.langfuse4j.server.http.Route;
import io.langfuse4j.server.mapping.SpanMapper;
import io.langfuse4j.server.store.TraceStore;
import java.time.Clock;
import java.util.List;

/** The routes of Langfuse's public API. */
public final class PublicApi {
  private static final String BASE = "/api/public";

  private final OtlpIngest ingest;
  private final HealthApi health;
  private final ProjectsApi projects;
  private final TracesApi traces;
  private final ObservationsApi observations;
  private final ObservationsV2Api observationsV2;
  private final SessionsApi sessions;

  /**
   * @param expandedLimit most bytes that a compressed request may expand to
   */
  public PublicApi(
      TraceStore store,
      Project project,
      SpanMapper mapper,
      IngestStatistics statistics,
      Clock clock,
      String serverName,
      long expandedLimit) {
    this.ingest = new OtlpIngest(store, mapper, statistics, expandedLimit);
    this.health = new HealthApi(store, clock, serverName);
    this.projects = new ProjectsApi(project);
    this.traces = new TracesApi(store);
    this.observations = new ObservationsApi(store);
    this.observationsV2 = new ObservationsV2Api(store);
    this.sessions = new SessionsApi(store);
  }

  public List<Route> routes() {
    return List.of(
        Route.post(BASE + "/otel/v1/traces", Access.SEND, ingest::traces),
        Route.post("/v1/traces", Access.SEND, ingest::traces),
        Route.post(BASE + "/otel/v1/metrics", Access.SEND, Handler.blocking(ingest::metrics)),
        Route.post("/v1/metrics", Access.SEND, Handler.blocking(ingest::metrics)),
        Route.get(BASE + "/health", Access.OPEN, health::health),
        Route.get(BASE + "/ready", Access.OPEN, health::ready),
        Route.get(BASE + "/projects", Access.READ, projects::list),
        Route.get(BASE + "/traces", Access.READ, traces::list),
        Route.delete(BASE + "/traces", Access.READ, traces::deleteMany),
        Route.get(BASE + "/traces/{traceId}", Access.READ, traces::get),
        Route.delete(BASE + "/traces/{traceId}", Access.READ, traces::delete),
        Route.get(BASE + "/observations", Access.READ, observations::list),
        Route.get(BASE + "/observations/{observationId}", Access.READ, observations::get),
        Route.get(BASE + "/v2/observations", Access.READ, observationsV2::list),
        Route.get(BASE + "/sessions", Access.READ, sessions::list),
        Route.get(BASE + "/sessions/{sessionId}", Access.READ, sessions::get));
  }
}
