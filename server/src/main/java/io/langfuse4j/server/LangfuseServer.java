package io.langfuse4j.server;

import io.langfuse4j.server.api.IngestStatistics;
import io.langfuse4j.server.api.Project;
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
import io.langfuse4j.server.store.MetadataStore;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.clickhouse.ClickHouseSettings;
import io.langfuse4j.server.store.clickhouse.ClickHouseTraceStore;
import io.langfuse4j.server.store.common.FolderLock;
import io.langfuse4j.server.store.media.FolderMediaFiles;
import io.langfuse4j.server.store.media.S3MediaFiles;
import io.langfuse4j.server.store.media.S3MediaSettings;
import io.langfuse4j.server.store.postgres.PostgresMetadataStore;
import io.langfuse4j.server.store.postgres.PostgresSettings;
import io.langfuse4j.server.store.sqlite.NativeLibrary;
import io.langfuse4j.server.store.sqlite.SqliteTraceStore;
import io.langfuse4j.server.viewer.LiveFeed;
import io.langfuse4j.server.viewer.ServerInfo;
import io.langfuse4j.server.viewer.ViewerApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A running server, for programs and tests that want one inside. {@link #close()} answers what is
 * under way, finishes writing and releases the data folder. Thread-safe.
 *
 * <pre>{@code
 * try (LangfuseServer server = LangfuseServer.builder(folder).port(0).start()) {
 *   URI url = server.url();
 * }
 * }</pre>
 */
public final class LangfuseServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration FIGURE_PATIENCE = Duration.ofSeconds(1);

  private final String host;
  private final TraceStore store;
  private final MediaFiles media;
  private final Intake intake;
  private final Retention retention;
  private final IngestStatistics statistics;
  private final MediaSweep mediaSweep;
  private final Metrics metrics = new Metrics();
  private final Probes probes = new Probes();
  private final @Nullable RequestLog requestLog;
  private final LiveFeed live;
  private final HttpServer http;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LangfuseServer(Builder builder, TraceStore store, HttpServer.Workers workers) {
    this.host = builder.host;
    this.store = store;
    this.media = builder.mediaFiles();
    this.intake =
        new Intake(
            store,
            new SpanMapper(builder.clock),
            builder.dataDir.resolve("journal"),
            builder.journalBytes);
    this.retention = new Retention(store, builder.keep, builder.keepBytes, builder.clock);
    this.statistics = new IngestStatistics(builder.clock);
    this.mediaSweep =
        new MediaSweep(
            store, media, () -> retention.deleted() + statistics.deletedTraces(), builder.clock);
    this.requestLog = builder.openRequestLog();
    this.live = new LiveFeed(store);
    ProjectKeys keys =
        new ProjectKeys(builder.project, builder.organization, builder.requireKeys, store);
    SignIns signIns = builder.signIns(keys);
    this.http =
        new HttpServer(
            workers,
            builder.host,
            builder.port,
            routes(builder, keys, signIns),
            keys,
            signIns,
            builder.requireKeys,
            new MemoryBudget(builder.memoryBytes),
            new HttpServer.Limits(
                builder.bodyLimit,
                builder.connections,
                builder.clientPatience,
                builder.storePatience),
            serverName(),
            observers());
  }

  /** Everything is stored in this folder, which is created if it does not exist. */
  public static Builder builder(Path dataDir) {
    return new Builder(dataDir);
  }

  private RequestObserver observers() {
    List<RequestObserver> observers = new ArrayList<>();
    observers.add(metrics);
    observers.add(new TurnedAway(statistics));
    if (requestLog != null) {
      observers.add(requestLog);
    }
    return RequestObserver.all(observers);
  }

  private List<Route> routes(Builder builder, ProjectKeys keys, SignIns signIns) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new PublicApi(
                store,
                media,
                keys,
                intake,
                statistics,
                probes,
                builder.clock,
                serverName(),
                new PublicApi.Limits(builder.bodyLimit, builder.expandedLimit, builder.mediaLimit))
            .routes());
    ServerInfo.Address address =
        new ServerInfo.Address(
            Version.current(),
            builder.host,
            this::port,
            builder.dataDir.toAbsolutePath().normalize().toString(),
            builder.requireKeys,
            builder.clock.instant());
    ServerInfo.Keeping keeping =
        new ServerInfo.Keeping(
            builder.keep, builder.keepBytes, retention::deleted, intake::waiting);
    routes.addAll(
        new ViewerApi(
                store,
                new ServerInfo(store, statistics, builder.project, address, keeping),
                live,
                signIns,
                builder.clock)
            .routes());
    addFigures();
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

  /** The port that is listened on, also when 0 was asked for. */
  public int port() {
    return http.port();
  }

  /** Where the viewer and the API are, without a slash at the end. */
  public String url() {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
  }

  /** A second time does nothing. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    http.stop(PATIENCE);
    probes.close();
    retention.close();
    mediaSweep.close();
    live.close();
    intake.close();
    store.close();
    media.close();
    if (requestLog != null) {
      requestLog.close();
    }
  }

  /** Settings of a server; {@link #start()} checks them. */
  public static final class Builder {
    private static final long MEBIBYTE = 1L << 20;

    private final Path dataDir;
    private String host = "127.0.0.1";
    private int port = 3000;
    private boolean ownProcess;
    private boolean requireKeys;
    private Project project = Project.LOCAL;
    private @Nullable Project organization;
    private Clock clock = Clock.systemUTC();
    private long bodyLimit = 64 * MEBIBYTE;
    private long expandedLimit = 128 * MEBIBYTE;
    private int connections = 8_192;
    private Duration clientPatience = Duration.ofSeconds(30);
    private Duration storePatience = Duration.ofSeconds(5);
    private @Nullable Duration keep;
    private long keepBytes = Long.MAX_VALUE;
    private @Nullable Path requestLog;
    private @Nullable ClickHouseSettings clickHouse;
    private @Nullable PostgresSettings metadata;
    private @Nullable S3MediaSettings mediaOnS3;
    private long mediaLimit = 1_000_000_000;
    private long journalBytes = 1024 * MEBIBYTE;
    private long memoryBytes = Math.max(64 * MEBIBYTE, Runtime.getRuntime().maxMemory() / 4);

    private Builder(Path dataDir) {
      this.dataDir = Objects.requireNonNull(dataDir, "dataDir");
    }

    /** The process is the server's own, not an application's that it lives in. */
    Builder ownProcess() {
      ownProcess = true;
      return this;
    }

    /** Address to listen on; anything but loopback needs {@link #requireKeys}. */
    public Builder host(String value) {
      host = Objects.requireNonNull(value, "host");
      return this;
    }

    /** 0 picks a free one. */
    public Builder port(int value) {
      port = value;
      return this;
    }

    /** Whether callers must know the project's keys; off by default. */
    public Builder requireKeys(boolean value) {
      requireKeys = value;
      return this;
    }

    /** Name, id and keys of the one project. */
    public Builder project(Project value) {
      project = Objects.requireNonNull(value, "project");
      return this;
    }

    /**
     * Keys that make projects and keys where keys are required; none by default. The name and id
     * are not used.
     */
    public Builder organization(@Nullable Project value) {
      organization = value;
      return this;
    }

    /**
     * Keeps traces, observations and scores in ClickHouse; by default, and where null, in the data
     * folder, which then holds everything else only.
     */
    public Builder clickHouse(@Nullable ClickHouseSettings value) {
      clickHouse = value;
      return this;
    }

    /**
     * With ClickHouse, keeps everything but traces, observations and scores in PostgreSQL, which
     * several servers may share; by default, and where null, in the data folder. Needs {@code
     * org.postgresql:postgresql} and {@code com.zaxxer:HikariCP} beside this library.
     */
    public Builder metadata(@Nullable PostgresSettings value) {
      metadata = value;
      return this;
    }

    /**
     * Keeps the bytes of files in a bucket; by default, and where null, in the data folder. Needs
     * {@code software.amazon.awssdk:s3} and {@code url-connection-client} beside this library.
     */
    public Builder mediaOnS3(@Nullable S3MediaSettings value) {
      mediaOnS3 = value;
      return this;
    }

    /** Most bytes of a file; 1,000,000,000 by default and at most, as at Langfuse. */
    public Builder mediaLimit(long value) {
      mediaLimit = value;
      return this;
    }

    /** For tests that own the time. */
    public Builder clock(Clock value) {
      clock = Objects.requireNonNull(value, "clock");
      return this;
    }

    /** Largest request body as received, and what a compressed one may expand to. */
    public Builder bodyLimits(long received, long expanded) {
      bodyLimit = received;
      expandedLimit = expanded;
      return this;
    }

    /** How many connections there may be; 8,192 by default. More wait until one is closed. */
    public Builder connections(int value) {
      connections = value;
      return this;
    }

    /**
     * How often clients are looked at that send or are sent a body; 30 seconds by default. Who has
     * moved less than 240 bytes per second since is disconnected.
     */
    public Builder clientPatience(Duration value) {
      clientPatience = Objects.requireNonNull(value, "clientPatience");
      return this;
    }

    /**
     * How long a database may answer nobody, while as many requests as may wait for it do, before
     * further ones are refused with 503; 5 seconds by default.
     */
    public Builder storePatience(Duration value) {
      storePatience = Objects.requireNonNull(value, "storePatience");
      return this;
    }

    /** Deletes traces that are older; by default they are kept. */
    public Builder keep(@Nullable Duration value) {
      keep = value;
      return this;
    }

    /** Deletes the oldest traces while the database holds more bytes; by default it may grow. */
    public Builder keepBytes(long value) {
      keepBytes = value;
      return this;
    }

    /** Appends one line of JSON per request to a file; by default there is no such file. */
    public Builder requestLog(@Nullable Path value) {
      requestLog = value;
      return this;
    }

    private @Nullable RequestLog openRequestLog() {
      try {
        return requestLog == null ? null : RequestLog.open(requestLog, clock);
      } catch (IOException e) {
        throw new StartException("The request log " + requestLog + " cannot be written.", e);
      }
    }

    /**
     * What may be acknowledged ahead of the store, on disk, before more is refused; 1 GiB by
     * default.
     */
    public Builder journalBytes(long value) {
      journalBytes = value;
      return this;
    }

    /** What unfinished requests may hold together; a quarter of the heap by default. */
    public Builder memoryBytes(long value) {
      memoryBytes = value;
      return this;
    }

    /**
     * Opens the store and listens.
     *
     * @throws StartException if the settings, the folder or the port do not allow it
     */
    public LangfuseServer start() {
      checkPort();
      checkExposure();
      checkKeeping();
      if (metadata != null && clickHouse == null) {
        throw new StartException(
            "--metadata-url needs --store clickhouse: the embedded store keeps everything in its"
                + " folder.");
      }
      // SLF4J complains when two threads meet in its own initialisation: this one goes first.
      var unused = LoggerFactory.getILoggerFactory();
      CompletableFuture<TraceStore> opening = CompletableFuture.supplyAsync(this::openStore);
      HttpServer.Workers workers = HttpServer.workers();
      boolean started = false;
      try {
        LangfuseServer server = serve(opened(opening), workers);
        started = true;
        return server;
      } finally {
        if (!started) {
          workers.close();
        }
      }
    }

    private TraceStore openStore() {
      if (clickHouse == null) {
        return openEmbedded();
      }
      MetadataStore beside = metadata == null ? openEmbedded() : openMetadata(metadata);
      return ClickHouseTraceStore.open(clickHouse, beside, clock, memoryBytes / 2);
    }

    private SqliteTraceStore openEmbedded() {
      if (ownProcess) {
        NativeLibrary.keep(dataDir);
      }
      return SqliteTraceStore.open(dataDir, clock, memoryBytes / 2);
    }

    /** The folder is one server's all the same: it holds files where there is no bucket. */
    private MetadataStore openMetadata(PostgresSettings settings) {
      FolderLock lock = FolderLock.acquire(dataDir);
      boolean opened = false;
      try {
        MetadataStore store =
            PostgresMetadataStore.open(settings, clock, memoryBytes / 2, lock::close);
        opened = true;
        return store;
      } finally {
        if (!opened) {
          lock.close();
        }
      }
    }

    /** Servers that share their metadata stand behind one address. */
    private SignIns signIns(ProjectKeys keys) {
      String secret = metadata == null ? null : keys.sharedSecret();
      return secret == null ? SignIns.inMemory(clock) : SignIns.shared(clock, secret);
    }

    private MediaFiles mediaFiles() {
      return mediaOnS3 == null
          ? new FolderMediaFiles(dataDir.resolve("media"))
          : S3MediaFiles.of(mediaOnS3, dataDir.resolve("uploads"));
    }

    private LangfuseServer serve(TraceStore store, HttpServer.Workers workers) {
      LangfuseServer server;
      try {
        server = new LangfuseServer(this, store, workers);
      } catch (StartException e) {
        store.close();
        throw e;
      } catch (StoreException e) {
        store.close();
        throw new StartException(String.valueOf(e.getMessage()), e);
      }
      try {
        server.http.start();
        server.retention.start();
        server.mediaSweep.start();
        return server;
      } catch (RuntimeException e) {
        server.probes.close();
        server.live.close();
        server.intake.close();
        store.close();
        server.media.close();
        throw cannotListen(e);
      }
    }

    private static TraceStore opened(CompletableFuture<TraceStore> opening) {
      try {
        return opening.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof StoreException refused) {
          throw new StartException(String.valueOf(refused.getMessage()), refused);
        }
        throw e;
      }
    }

    private void checkPort() {
      if (port < 0 || port > 65_535) {
        throw new StartException("--port must be from 0 to 65535, not " + port + ".");
      }
    }

    /** What is less than nothing would delete everything. */
    private void checkKeeping() {
      if (keep != null && (keep.isZero() || keep.isNegative())) {
        throw new StartException("--keep-days must be at least 1, or not be given to keep all.");
      }
      if (keepBytes <= 0) {
        throw new StartException(
            "--keep-megabytes must be at least 1, or not be given to keep all.");
      }
    }

    private void checkExposure() {
      if (requireKeys) {
        if (project.publicKey().isBlank() || project.secretKey().isBlank()) {
          throw new StartException(
              "--require-keys needs keys: set LANGFUSE_INIT_PROJECT_PUBLIC_KEY and"
                  + " LANGFUSE_INIT_PROJECT_SECRET_KEY.");
        }
        if (project.secretKey().equals(Project.LOCAL.secretKey())) {
          throw new StartException(
              "--require-keys needs keys of your own: set LANGFUSE_INIT_PROJECT_PUBLIC_KEY and"
                  + " LANGFUSE_INIT_PROJECT_SECRET_KEY.");
        }
      } else if (!isLoopback()) {
        throw new StartException(
            "Listening on "
                + host
                + " would show all traces to the network: add --require-keys and set"
                + " LANGFUSE_INIT_PROJECT_PUBLIC_KEY and LANGFUSE_INIT_PROJECT_SECRET_KEY, or use"
                + " --host 127.0.0.1.");
      }
    }

    private boolean isLoopback() {
      try {
        return InetAddress.getByName(host).isLoopbackAddress();
      } catch (UnknownHostException e) {
        throw new StartException("--host " + host + " is not a known address.", e);
      }
    }

    private RuntimeException cannotListen(RuntimeException e) {
      if (!(e.getCause() instanceof SocketException refused)) {
        return e;
      }
      String reason = String.valueOf(refused.getMessage());
      if (reason.contains("ermission denied")) {
        return new StartException(
            "Port "
                + port
                + " is for privileged processes only. Choose one from 1024 with --port, or put a"
                + " proxy before it.",
            e);
      }
      if (reason.contains("annot assign")) {
        return new StartException(
            "--host " + host + " is not an address of this machine. 0.0.0.0 stands for all.", e);
      }
      return new StartException(
          "Port "
              + port
              + " on "
              + host
              + " is in use. Choose another with --port (0 picks a free one), or stop what uses"
              + " it.",
          e);
    }
  }
}
