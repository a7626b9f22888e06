package io.langfuse4j.server.http;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.predicate.Predicate;
import io.undertow.server.ConduitWrapper;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.server.handlers.encoding.ContentEncodingRepository;
import io.undertow.server.handlers.encoding.EncodingHandler;
import io.undertow.server.handlers.encoding.GzipEncodingProvider;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.conduits.StreamSinkConduit;

/**
 * The listening socket and everything between it and the route table. Started once, closed once.
 */
public final class HttpServer {
  private static final int WRITE_PATIENCE_MILLIS = 120_000;
  private static final int IDLE_MILLIS = 75_000;
  private static final int HEADER_PATIENCE_MILLIS = 20_000;
  private static final int WORTH_COMPRESSING = 1024;
  private static final int SERVER_THREADS = 4;

  private final Undertow undertow;
  private final GracefulShutdownHandler requests;
  private final Workers workers;
  private final EventStreams streams = new EventStreams();

  /** The threads of a server. Making them takes a good part of its start, and needs nothing. */
  public static final class Workers implements AutoCloseable {
    private final XnioWorker worker;

    private Workers(XnioWorker worker) {
      this.worker = worker;
    }

    @Override
    public void close() {
      worker.shutdownNow();
    }
  }

  /**
   * What clients may ask of it.
   *
   * @param body largest request body in bytes, as received
   * @param connections how many there may be at once; more wait to be accepted
   * @param patience how often a client is looked at that sends, or is sent, a body: one that moves
   *     less than 240 bytes per second is disconnected
   * @param stall how long something that requests need may answer nobody before they are refused
   */
  public record Limits(long body, int connections, Duration patience, Duration stall) {}

  private static int usualThreads() {
    return Math.max(16, 4 * Runtime.getRuntime().availableProcessors());
  }

  private static Map<Lane, Bulkhead> lanes(Workers workers, Duration stall) {
    int usual = usualThreads();
    Map<Lane, Bulkhead> lanes = new EnumMap<>(Lane.class);
    lanes.put(Lane.SERVER, new Bulkhead(workers.worker, SERVER_THREADS, stall));
    lanes.put(Lane.INGEST, new Bulkhead(workers.worker, usual, stall));
    lanes.put(Lane.METADATA, new Bulkhead(workers.worker, usual / 2, stall));
    lanes.put(Lane.TRACES, new Bulkhead(workers.worker, usual, stall));
    return lanes;
  }

  /** Starts the threads, so that it can be done while something else is made ready. */
  public static Workers workers() {
    int processors = Runtime.getRuntime().availableProcessors();
    int usual = usualThreads();
    OptionMap options =
        OptionMap.builder()
            .set(Options.WORKER_NAME, "langfuse4j-http")
            .set(Options.WORKER_IO_THREADS, Math.max(2, Math.min(8, processors)))
            .set(Options.WORKER_TASK_CORE_THREADS, usual)
            // All lanes full, and as many as usual to send answers.
            .set(Options.WORKER_TASK_MAX_THREADS, SERVER_THREADS + 3 * usual + usual / 2)
            .set(Options.TCP_NODELAY, true)
            .set(Options.THREAD_DAEMON, true)
            .getMap();
    try {
      return new Workers(Xnio.getInstance(Undertow.class.getClassLoader()).createWorker(options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Binds nothing yet.
   *
   * @param workers from {@link #workers()}; stopped with the server
   * @param keysRequired whether callers prove who they are; if not, pages of other origins and
   *     names other than this machine's are refused
   */
  public HttpServer(
      Workers workers,
      String host,
      int port,
      List<Route> routes,
      Authenticator authenticator,
      SignIns signIns,
      boolean keysRequired,
      MemoryBudget budget,
      Limits limits,
      String serverName,
      RequestObserver observer) {
    Dispatcher dispatcher =
        new Dispatcher(
            routes,
            authenticator,
            signIns,
            new CrossOrigin(keysRequired),
            streams,
            lanes(workers, limits.stall()),
            budget,
            limits,
            serverName);
    this.requests = new GracefulShutdownHandler(observed(compressing(dispatcher), observer));
    this.workers = workers;
    this.undertow =
        Undertow.builder()
            .addHttpListener(port, host)
            .setWorker(workers.worker)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, 4 * limits.body())
            .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, HEADER_PATIENCE_MILLIS)
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
            .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
            .setServerOption(UndertowOptions.MAX_PARAMETERS, 2_000)
            .setSocketOption(Options.WRITE_TIMEOUT, WRITE_PATIENCE_MILLIS)
            .setSocketOption(Options.BACKLOG, 4_096)
            .setSocketOption(Options.CONNECTION_HIGH_WATER, limits.connections())
            .setSocketOption(Options.CONNECTION_LOW_WATER, limits.connections())
            .setHandler(requests)
            .build();
  }

  private static HttpHandler observed(HttpHandler next, RequestObserver observer) {
    return exchange -> {
      long begun = System.nanoTime();
      exchange.addExchangeCompleteListener(
          (completed, listeners) -> {
            String route = completed.getAttachment(Dispatcher.ROUTE);
            observer.completed(
                new RequestObserver.CompletedRequest(
                    completed.getRequestMethod().toString(),
                    route == null ? "unknown" : route,
                    completed.getStatusCode(),
                    Duration.ofNanos(System.nanoTime() - begun),
                    completed.getResponseBytesSent()));
            listeners.proceed();
          });
      next.handleRequest(exchange);
    };
  }

  private static HttpHandler compressing(HttpHandler next) {
    Predicate worthIt =
        exchange -> {
          String length = exchange.getResponseHeaders().getFirst(Headers.CONTENT_LENGTH);
          String type = exchange.getResponseHeaders().getFirst(Headers.CONTENT_TYPE);
          boolean events = type != null && type.startsWith("text/event-stream");
          // Parts are parts of what is stored, and most files are packed already.
          boolean file = exchange.getResponseHeaders().contains(Headers.ACCEPT_RANGES);
          return !events && !file && length != null && Long.parseLong(length) >= WORTH_COMPRESSING;
        };
    return new EncodingHandler(
        next,
        new ContentEncodingRepository().addEncodingHandler("gzip", HttpServer::gzip, 50, worthIt));
  }

  /** Answers are packed quickly, for each anew; the viewer's files are packed well. */
  private static ConduitWrapper<StreamSinkConduit> gzip() {
    ConduitWrapper<StreamSinkConduit> quickly =
        new GzipEncodingProvider(Deflater.BEST_SPEED).getResponseWrapper();
    ConduitWrapper<StreamSinkConduit> well =
        new GzipEncodingProvider(Deflater.BEST_COMPRESSION).getResponseWrapper();
    return (conduits, exchange) -> {
      String type = exchange.getResponseHeaders().getFirst(Headers.CONTENT_TYPE);
      boolean json = type != null && type.startsWith("application/json");
      return (json ? quickly : well).wrap(conduits, exchange);
    };
  }

  /**
   * Starts listening.
   *
   * @throws RuntimeException with a {@link java.net.BindException} as cause if the address is taken
   */
  public void start() {
    undertow.start();
  }

  /** The port that is listened on, also when 0 was asked for. */
  public int port() {
    return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
  }

  /**
   * Refuses new requests with 503, ends event streams, waits for requests under way, then closes
   * all connections.
   */
  public void stop(Duration patience) {
    requests.shutdown();
    streams.closeAll();
    try {
      var unused = requests.awaitShutdown(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    undertow.stop();
    workers.close();
  }
}
