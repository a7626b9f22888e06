package io.langfuse4j.server.api;

import io.langfuse4j.server.http.Access;
import io.langfuse4j.server.http.Handler;
import io.langfuse4j.server.http.Lane;
import io.langfuse4j.server.http.Route;
import io.langfuse4j.server.ingest.Intake;
import io.langfuse4j.server.observability.Probes;
import io.langfuse4j.server.store.MediaFiles;
import io.langfuse4j.server.store.TraceStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
  private final ScoresApi scores;
  private final ScoresV3Api scoresV3;
  private final ScoreConfigsApi scoreConfigs;
  private final IngestionApi ingestion;
  private final ModelsApi models;
  private final PromptsApi prompts;
  private final DatasetsApi datasets;
  private final DatasetItemsApi datasetItems;
  private final DatasetRunItemsApi datasetRunItems;
  private final ExperimentsApi experiments;
  private final MetricsApi metrics;
  private final DailyMetricsApi dailyMetrics;
  private final MediaApi media;
  private final CommentsApi comments;
  private final AnnotationQueuesApi queues;
  private final SingleEventsApi single;

  /**
   * Most bytes of what is received.
   *
   * @param body of a request, as it comes
   * @param expanded of a compressed request, when it is not any more
   * @param media of a file
   */
  public record Limits(long body, long expanded, long media) {}

  public PublicApi(
      TraceStore store,
      MediaFiles files,
      ProjectKeys keys,
      Intake intake,
      IngestStatistics statistics,
      Probes probes,
      Clock clock,
      String serverName,
      Limits limits) {
    this.ingest = new OtlpIngest(intake, statistics, limits.expanded());
    this.health = new HealthApi(store, files, keys.first().id(), probes, clock, serverName);
    this.projects = new ProjectsApi(store.projects(), keys, clock);
    this.traces = new TracesApi(store, statistics);
    this.observations = new ObservationsApi(store);
    this.observationsV2 = new ObservationsV2Api(store);
    this.sessions = new SessionsApi(store);
    this.scores = new ScoresApi(store, clock);
    this.scoresV3 = new ScoresV3Api(store);
    this.scoreConfigs = new ScoreConfigsApi(store, clock);
    this.ingestion = new IngestionApi(store, statistics);
    this.models = new ModelsApi(store, clock);
    this.prompts = new PromptsApi(store.prompts());
    MediaLinks mediaLinks = new MediaLinks(clock, keys.sharedSecret());
    ItemMedia itemMedia = new ItemMedia(store.media(), mediaLinks);
    this.datasets = new DatasetsApi(store.datasets(), itemMedia);
    this.datasetItems = new DatasetItemsApi(store.datasets(), itemMedia);
    this.datasetRunItems = new DatasetRunItemsApi(store, clock);
    this.experiments = new ExperimentsApi(store);
    this.metrics = new MetricsApi(store.metrics());
    this.dailyMetrics = new DailyMetricsApi(store.metrics());
    this.media = new MediaApi(store.media(), files, mediaLinks, limits.media());
    this.comments = new CommentsApi(store, clock);
    this.queues = new AnnotationQueuesApi(store, clock);
    this.single = new SingleEventsApi(ingestion, clock);
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(metadataRoutes());
    routes.addAll(
        List.of(
            Route.post(BASE + "/otel/v1/traces", Access.SEND, ingest::traces).in(Lane.INGEST),
            Route.post("/v1/traces", Access.SEND, ingest::traces).in(Lane.INGEST),
            Route.post(BASE + "/otel/v1/metrics", Access.SEND, Handler.blocking(ingest::metrics))
                .in(Lane.INGEST),
            Route.post("/v1/metrics", Access.SEND, Handler.blocking(ingest::metrics))
                .in(Lane.INGEST),
            Route.of("GET", BASE + "/health", Access.OPEN, health::health),
            Route.of("GET", BASE + "/ready", Access.OPEN, health::ready),
            Route.get(BASE + "/traces", Access.READ, traces::list),
            Route.delete(BASE + "/traces", Access.READ, traces::deleteMany),
            Route.get(BASE + "/traces/{traceId}", Access.READ, traces::get),
            Route.delete(BASE + "/traces/{traceId}", Access.READ, traces::delete),
            Route.get(BASE + "/observations", Access.READ, observations::list),
            Route.get(BASE + "/observations/{observationId}", Access.READ, observations::get),
            Route.get(BASE + "/v2/observations", Access.READ, observationsV2::list),
            Route.get(BASE + "/sessions", Access.READ, sessions::list),
            Route.get(BASE + "/sessions/{sessionId}", Access.READ, sessions::get),
            Route.post(BASE + "/ingestion", Access.SCORE, ingestion::ingest),
            Route.post(BASE + "/scores", Access.SCORE, scores::create),
            Route.get(BASE + "/scores", Access.READ, scores::listV1),
            Route.get(BASE + "/scores/{scoreId}", Access.READ, scores::getV1),
            Route.delete(BASE + "/scores/{scoreId}", Access.READ, scores::delete),
            Route.get(BASE + "/v2/scores", Access.READ, scores::listV2),
            Route.get(BASE + "/v2/scores/{scoreId}", Access.READ, scores::getV2),
            Route.get(BASE + "/v3/scores", Access.READ, scoresV3::list),
            Route.post(BASE + "/dataset-run-items", Access.READ, datasetRunItems::create),
            Route.get(BASE + "/dataset-run-items", Access.READ, datasetRunItems::list),
            Route.get(BASE + "/experiments", Access.READ, experiments::experiments),
            Route.get(BASE + "/experiment-items", Access.READ, experiments::items),
            Route.post(BASE + "/traces", Access.SEND, single.create("trace-create")),
            Route.post(BASE + "/spans", Access.SEND, single.create("span-create")),
            Route.patch(BASE + "/spans", Access.SEND, single.update("span-update", "spanId")),
            Route.post(BASE + "/generations", Access.SEND, single.create("generation-create")),
            Route.patch(
                BASE + "/generations",
                Access.SEND,
                single.update("generation-update", "generationId")),
            Route.post(BASE + "/events", Access.SEND, single.create("event-create")),
            Route.get(BASE + "/openapi.json", Access.OPEN, OpenApi::get),
            Route.get("/generated/api/openapi.yml", Access.OPEN, OpenApi::get),
            Route.get(BASE + "/metrics", Access.READ, metrics::v1),
            Route.get(BASE + "/v2/metrics", Access.READ, metrics::v2),
            Route.get(BASE + "/metrics/daily", Access.READ, dailyMetrics::list),
            Route.post(BASE + "/comments", Access.READ, comments::create),
            Route.get(BASE + "/comments", Access.READ, comments::list),
            Route.get(BASE + "/comments/{commentId}", Access.READ, comments::get),
            Route.get(BASE + "/annotation-queues", Access.READ, queues::list),
            Route.post(BASE + "/annotation-queues", Access.READ, queues::create),
            Route.get(BASE + "/annotation-queues/{queueId}", Access.READ, queues::get),
            Route.get(BASE + "/annotation-queues/{queueId}/items", Access.READ, queues::items),
            Route.post(
                BASE + "/annotation-queues/{queueId}/items", Access.READ, queues::createItem),
            Route.get(
                BASE + "/annotation-queues/{queueId}/items/{itemId}", Access.READ, queues::item),
            Route.patch(
                BASE + "/annotation-queues/{queueId}/items/{itemId}",
                Access.READ,
                queues::updateItem),
            Route.delete(
                BASE + "/annotation-queues/{queueId}/items/{itemId}",
                Access.READ,
                queues::deleteItem)));
    return List.copyOf(routes);
  }

  /** What needs neither traces, nor observations, nor scores. */
  private List<Route> metadataRoutes() {
    return Stream.of(
            Route.get(BASE + "/projects", Access.READ, projects::current),
            Route.post(BASE + "/projects", Access.MANAGE, projects::create),
            Route.put(BASE + "/projects/{projectId}", Access.MANAGE, projects::update),
            Route.delete(BASE + "/projects/{projectId}", Access.MANAGE, projects::delete),
            Route.get(BASE + "/projects/{projectId}/apiKeys", Access.MANAGE, projects::apiKeys),
            Route.post(
                BASE + "/projects/{projectId}/apiKeys", Access.MANAGE, projects::createApiKey),
            Route.delete(
                BASE + "/projects/{projectId}/apiKeys/{apiKeyId}",
                Access.MANAGE,
                projects::deleteApiKey),
            Route.get(BASE + "/organizations/projects", Access.MANAGE, projects::all),
            Route.post(BASE + "/score-configs", Access.READ, scoreConfigs::create),
            Route.get(BASE + "/score-configs", Access.READ, scoreConfigs::list),
            Route.get(BASE + "/score-configs/{configId}", Access.READ, scoreConfigs::get),
            Route.patch(BASE + "/score-configs/{configId}", Access.READ, scoreConfigs::update),
            Route.get(BASE + "/models", Access.READ, models::list),
            Route.post(BASE + "/models", Access.READ, models::create),
            Route.get(BASE + "/models/{modelId}", Access.READ, models::get),
            Route.delete(BASE + "/models/{modelId}", Access.READ, models::delete),
            Route.post(BASE + "/v2/prompts", Access.READ, prompts::create),
            Route.get(BASE + "/v2/prompts", Access.READ, prompts::list),
            Route.get(BASE + "/v2/prompts/{promptName}", Access.READ, prompts::get),
            Route.delete(BASE + "/v2/prompts/{promptName}", Access.READ, prompts::delete),
            Route.patch(
                BASE + "/v2/prompts/{promptName}/versions/{version}", Access.READ, prompts::label),
            Route.post(BASE + "/prompts", Access.READ, prompts::createV1),
            Route.get(BASE + "/prompts", Access.READ, prompts::getV1),
            Route.post(BASE + "/v2/datasets", Access.READ, datasets::put),
            Route.get(BASE + "/v2/datasets", Access.READ, datasets::list),
            Route.get(BASE + "/v2/datasets/{name}", Access.READ, datasets::get),
            Route.post(BASE + "/datasets", Access.READ, datasets::putV1),
            Route.get(BASE + "/datasets", Access.READ, datasets::listV1),
            Route.get(BASE + "/datasets/{name}", Access.READ, datasets::getV1),
            Route.get(BASE + "/datasets/{name}/runs", Access.READ, datasets::runs),
            Route.get(BASE + "/datasets/{name}/runs/{runName}", Access.READ, datasets::run),
            Route.delete(
                BASE + "/datasets/{name}/runs/{runName}", Access.READ, datasets::deleteRun),
            Route.post(BASE + "/dataset-items", Access.READ, datasetItems::put),
            Route.get(BASE + "/dataset-items", Access.READ, datasetItems::list),
            Route.get(BASE + "/dataset-items/{itemId}", Access.READ, datasetItems::get),
            Route.delete(BASE + "/dataset-items/{itemId}", Access.READ, datasetItems::delete),
            Route.post(BASE + "/media", Access.SEND, media::announce),
            Route.get(BASE + "/media/{mediaId}", Access.READ, media::get),
            Route.patch(BASE + "/media/{mediaId}", Access.READ, Handler.blocking(media::report)),
            Route.upload(BASE + "/media/{mediaId}/content", Access.OPEN, media.upload()),
            Route.of("GET", BASE + "/media/{mediaId}/content", Access.OPEN, media::content))
        .map(route -> route.in(Lane.METADATA))
        .toList();
  }
}
