package io.langfuse4j.server;

import io.langfuse4j.server.api.IngestStatistics;
import io.langfuse4j.server.api.ProjectKeys;
import io.langfuse4j.server.api.PublicApi;
import io.langfuse4j.server.api.TurnedAway;
import io.langfuse4j.server.http.Access;
import io.langfuse4j.server.http.Handler;
import io.langfuse4j.server.http.HttpServer;
import io.langfuse4j.server.http.Lane;
import io.langfuse4j.server.http.MemoryBudget;
import io.langfuse4j.server.http.RequestObserver;
import io.langfuse4j.server.http.Route;
import io.langfuse4j.server.http.SignIns;
import io.langfuse4j.server.ingest.Intake;
import io.langfuse4j.server.mapping.SpanMapper;
import io.langfuse4j.server.observability.Metrics;
import io.langfuse4j.server.observability.Probes;
import io.langfuse4j.server.observability.RequestLog;
import io.langfuse4j.server.store.MediaFiles;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.viewer.LiveFeed;
import io.langfuse4j.server.viewer.ServerInfo;
import io.langfuse4j.server.viewer.ViewerApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Everything that one server is made of: put together, started, and closed in the order that loses
 * nothing. Thread-safe once started.
 */
final class ServerParts implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration FIGURE_PATIENCE = Duration.ofSeconds(1);

  private final ServerSettings settings;
  private final Opened opened;
  private final TraceStore store;
  private final MediaFiles media;
  private final Intake intake;
  private final LiveFeed live;
  private final Retention retention;
  private final IngestStatistics statistics;
  private final MediaSweep mediaSweep;
  private final Metrics metrics = new Metrics();
  private final Probes probes;
  private final HttpServer http;

  private ServerParts(
      ServerSettings settings, TraceStore store, HttpServer.Workers workers, Opened opened) {
    this.settings = settings;
    this.opened = opened;
    this.store = store;
    this.media = opened.add(Backends.mediaFiles(settings), MediaFiles::close);
    @Nullable RequestLog requestLog =
        settings.requestLog == null
            ? null
            : opened.add(
                Backends.requestLog(settings.requestLog, settings.clock), RequestLog::close);
    this.intake =
        opened.add(
            new Intake(
                store,
                new SpanMapper(settings.clock),
                settings.dataDir.resolve("journal"),
                settings.journalBytes),
            Intake::close);
    this.live = opened.add(new LiveFeed(store), LiveFeed::close);
    this.retention =
        opened.add(
            new Retention(store, settings.keep, settings.keepBytes, settings.clock),
            Retention::close);
    this.statistics = new IngestStatistics(settings.clock);
    this.mediaSweep =
        opened.add(
            new MediaSweep(
                store,
                media,
                () -> retention.deleted() + statistics.deletedTraces(),
                settings.clock),
            MediaSweep::close);
    this.probes = opened.add(new Probes(), Probes::close);
    addFigures();
    ProjectKeys keys =
        new ProjectKeys(settings.project, settings.organization, settings.requireKeys, store);
    SignIns signIns = signIns(keys);
    this.http =
        new HttpServer(
            workers,
            settings.host,
            settings.port,
            routes(keys, signIns),
            keys,
            signIns,
            settings.requireKeys,
            new MemoryBudget(settings.memoryBytes),
            new HttpServer.Limits(
                settings.bodyLimit,
                settings.connections,
                settings.clientPatience,
                settings.storePatience),
            serverName(),
            observers(requestLog));
  }

  /**
   * Opens everything, and listens. What was opened is closed again if something fails.
   *
   * @throws StartException if the folder, a database or the port do not allow it
   */
  static ServerParts start(ServerSettings settings) {
    // SLF4J complains when two threads meet in its own initialisation: this one goes first.
    var unused = LoggerFactory.getILoggerFactory();
    Opened opened = new Opened();
    try {
      CompletableFuture<TraceStore> opening =
          opened.add(
              CompletableFuture.supplyAsync(() -> Backends.store(settings)),
              ServerParts::closeStore);
      HttpServer.Workers workers = opened.add(HttpServer.workers(), HttpServer.Workers::close);
      ServerParts parts = new ServerParts(settings, join(opening), workers, opened);
      parts.listen();
      return parts;
    } catch (StoreException e) {
      throw opened.closedAfter(new StartException(String.valueOf(e.getMessage()), e));
    } catch (RuntimeException | Error e) {
      opened.closedAfter(e);
      throw e;
    }
  }

  private static TraceStore join(CompletableFuture<TraceStore> opening) {
    try {
      return opening.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException refused) {
        throw refused;
      }
      throw e;
    }
  }

  private static void closeStore(CompletableFuture<TraceStore> opening) {
    @Nullable TraceStore store = opening.handle((opened, failure) -> opened).join();
    if (store != null) {
      store.close();
    }
  }

  private void listen() {
    try {
      http.start();
    } catch (RuntimeException e) {
      throw settings.cannotListen(e);
    }
    opened.add(http, listening -> listening.stop(PATIENCE));
    retention.start();
    mediaSweep.start();
  }

  /** Servers that share their metadata stand behind one address. */
  private SignIns signIns(ProjectKeys keys) {
    String secret = settings.metadata == null ? null : keys.sharedSecret();
    return secret == null
        ? SignIns.inMemory(settings.clock)
        : SignIns.shared(settings.clock, secret);
  }

  private RequestObserver observers(@Nullable RequestLog requestLog) {
    List<RequestObserver> observers = new ArrayList<>();
    observers.add(metrics);
    observers.add(new TurnedAway(statistics));
    if (requestLog != null) {
      observers.add(requestLog);
    }
    return RequestObserver.all(observers);
  }

  private List<Route> routes(ProjectKeys keys, SignIns signIns) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new PublicApi(
                store,
                media,
                keys,
                intake,
                statistics,
                probes,
                settings.clock,
                serverName(),
                new PublicApi.Limits(
                    settings.bodyLimit, settings.expandedLimit, settings.mediaLimit))
            .routes());
    ServerInfo.Address address =
        new ServerInfo.Address(
            Version.current(),
            settings.host,
            this::port,
            settings.dataDir.toAbsolutePath().normalize().toString(),
            settings.requireKeys,
            settings.clock.instant());
    ServerInfo.Keeping keeping =
        new ServerInfo.Keeping(
            settings.keep, settings.keepBytes, retention::deleted, intake::waiting);
    routes.addAll(
        new ViewerApi(
                store,
                new ServerInfo(store, statistics, settings.project, address, keeping),
                live,
                signIns,
                settings.clock)
            .routes());
    routes.add(metrics.route());
    return routes.stream().map(this::settled).toList();
  }

  private void addFigures() {
    metrics.counter(
        "langfuse4j_observations_received_total",
        "Observations received since the start.",
        statistics::receivedSpans);
    metrics.counter(
        "langfuse4j_observations_acknowledged_total",
        "Observations that are on disk since the start.",
        statistics::storedSpans);
    metrics.counter(
        "langfuse4j_requests_rejected_total",
        "Requests to store that were refused.",
        statistics::rejectedRequests);
    metrics.gauge(
        "langfuse4j_journal_waiting",
        "Exports that are acknowledged but cannot be read yet.",
        intake::waiting);
    metrics.gauge(
        "langfuse4j_search_behind",
        "Observations that are stored but cannot be found by their words yet.",
        store::searchBehind);
    Probes.Probe<Long> bytes = probes.of(store::liveBytes);
    metrics.gauge(
        "langfuse4j_store_bytes",
        "Size of the database in use.",
        () -> bytes.join(FIGURE_PATIENCE));
    metrics.counter(
        "langfuse4j_retention_deleted_traces_total",
        "Traces deleted by age or size since the start.",
        retention::deleted);
    metrics.counter(
        "langfuse4j_media_removed_total",
        "Files removed since the start because nothing referred to them.",
        mediaSweep::removed);
  }

  /** Whoever reads or changes what is stored does so after what was acknowledged before. */
  private Route settled(Route route) {
    Handler handler = route.handler();
    if (handler == null
        || route.lane() == Lane.SERVER
        || route.access() == Access.OPEN
        || route.access() == Access.SEND) {
      return route;
    }
    return route.with(
        request -> {
          intake.settle();
          return handler.handle(request);
        });
  }

  private static String serverName() {
    return "langfuse4j/" + Version.current();
  }

  int port() {
    return http.port();
  }

  /** Answers what is under way, finishes writing and releases the data folder. */
  @Override
  public void close() {
    opened.close();
  }
}
