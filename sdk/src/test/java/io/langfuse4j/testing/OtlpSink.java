package io.langfuse4j.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * A Langfuse server that only remembers: takes OTLP over real HTTP on a loopback port, decodes it
 * with OpenTelemetry's protobuf classes, and answers as it is told.
 */
public final class OtlpSink implements AutoCloseable {

  /** A request as it arrived. */
  public record Request(
      String method,
      String path,
      Map<String, String> headers,
      byte[] body,
      List<RecordedSpan> spans) {}

  /** An answer to give. */
  public record Answer(int status, Map<String, String> headers, byte[] body) {
    public static Answer status(int status) {
      return new Answer(status, Map.of("Content-Type", "application/json"), "{}".getBytes(UTF_8));
    }
  }

  static {
    // Else every second answer waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<RecordedSpan> accepted = new CopyOnWriteArrayList<>();
  private final AtomicInteger number = new AtomicInteger();
  private volatile Function<Request, Answer> answers = request -> Answer.status(200);

  public OtlpSink() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(executor);
    server.start();
  }

  /** Chooses the answer by the number of the request, which counts from 1. */
  public OtlpSink answering(Function<Integer, Answer> answers) {
    return answeringRequests(request -> answers.apply(number.incrementAndGet()));
  }

  /** Chooses the answer by the request. */
  public OtlpSink answeringRequests(Function<Request, Answer> answers) {
    this.answers = answers;
    return this;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Spans of requests that were answered with success, in order of arrival. */
  public List<RecordedSpan> spans() {
    return List.copyOf(accepted);
  }

  /** The one span of that name. */
  public RecordedSpan span(String name) {
    List<RecordedSpan> found = accepted.stream().filter(s -> s.name().equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " spans are named " + name + ", of " + names());
    }
    return found.get(0);
  }

  public List<String> names() {
    return accepted.stream().map(RecordedSpan::name).toList();
  }

  public void clear() {
    requests.clear();
    accepted.clear();
  }

  /** Whatever goes wrong, whoever asked gets an answer: a test must not wait for its timeout. */
  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Answer answer;
      try {
        answer = answer(exchange, body);
      } catch (IOException e) {
        answer = new Answer(400, Map.of(), e.toString().getBytes(UTF_8));
      } catch (RuntimeException | Error e) {
        // Of the test, or of a class path with another Protobuf: its report should have it.
        e.printStackTrace();
        answer = new Answer(500, Map.of(), e.toString().getBytes(UTF_8));
      }
      answer.headers().forEach(exchange.getResponseHeaders()::add);
      exchange.sendResponseHeaders(
          answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private Answer answer(HttpExchange exchange, byte[] body) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange
        .getRequestHeaders()
        .forEach((k, v) -> headers.put(k.toLowerCase(Locale.ROOT), v.get(0)));
    List<RecordedSpan> spans = isOtlp(headers) ? decode(headers, body) : List.of();
    String path = exchange.getRequestURI().getPath();
    Request request = new Request(exchange.getRequestMethod(), path, headers, body, spans);
    requests.add(request);
    Answer answer =
        path.equals("/api/public/projects")
            ? new Answer(200, Map.of(), "{\"data\":[{\"id\":\"project-1\"}]}".getBytes(UTF_8))
            : answers.apply(request);
    if (answer.status() / 100 == 2) {
      accepted.addAll(spans);
    }
    return answer;
  }

  private static boolean isOtlp(Map<String, String> headers) {
    return "application/x-protobuf".equals(headers.get("content-type"));
  }

  private static List<RecordedSpan> decode(Map<String, String> headers, byte[] body)
      throws IOException {
    InputStream in = new ByteArrayInputStream(body);
    if ("gzip".equals(headers.get("content-encoding"))) {
      in = new GZIPInputStream(in);
    }
    List<RecordedSpan> spans = new ArrayList<>();
    ExportTraceServiceRequest.parseFrom(in)
        .getResourceSpansList()
        .forEach(
            resource ->
                resource
                    .getScopeSpansList()
                    .forEach(
                        scope ->
                            scope
                                .getSpansList()
                                .forEach(
                                    span ->
                                        spans.add(
                                            RecordedSpan.of(
                                                resource.getResource(), scope.getScope(), span)))));
    return spans;
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
