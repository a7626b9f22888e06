package io.langfuse4j.instrumentation.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A model provider on a loopback port that answers as it is told, over real HTTP. Answers are given
 * in the order in which they were queued; the last one is repeated.
 */
public final class StubProvider implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A request as it arrived. */
  public record Request(String method, String path, Map<String, String> headers, byte[] body) {

    /** The body as maps and lists. */
    public Object json() {
      return parsed(new String(body, StandardCharsets.UTF_8));
    }
  }

  /** How a request is answered. */
  @FunctionalInterface
  public interface Answer {
    void give(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);

  public StubProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(executor);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  public StubProvider answer(Answer answer) {
    answers.add(answer);
    return this;
  }

  /** Answers with JSON. */
  public StubProvider json(int status, String body) {
    return answer(exchange -> send(exchange, status, "application/json", utf8(body)));
  }

  /** Answers with bytes of any type. */
  public StubProvider bytes(String type, byte[] body) {
    return answer(exchange -> send(exchange, 200, type, body));
  }

  /** Answers with server-sent events, to the end. */
  public StubProvider events(List<String> events) {
    return answer(
        exchange -> send(exchange, 200, "text/event-stream", utf8(String.join("", events))));
  }

  /** Sends these events and then breaks the connection in the middle of the next. */
  public StubProvider cut(List<String> events) {
    return answer(
        exchange -> {
          byte[] body = utf8(String.join("", events) + "data: {\"id\":");
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, body.length + 1_000);
          exchange.getResponseBody().write(body);
          exchange.getResponseBody().flush();
        });
  }

  /**
   * Sends these events and then only signs of life, until the provider or the connection is closed.
   * Some libraries cannot close a connection while they wait for a line.
   */
  public StubProvider stalled(List<String> events) {
    return answer(
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          for (String event : events) {
            body.write(utf8(event));
            body.flush();
          }
          while (!released.await(20, TimeUnit.MILLISECONDS)) {
            body.write(utf8(": still here\n\n"));
            body.flush();
          }
        });
  }

  /** Takes the request and does not answer until the provider is closed. */
  public StubProvider silent() {
    return answer(exchange -> released.await(60, TimeUnit.SECONDS));
  }

  /** For answers that leave a stream open: returns when the provider is closed. */
  public void awaitClose() throws InterruptedException {
    released.await(60, TimeUnit.SECONDS);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    requests.add(
        new Request(
            exchange.getRequestMethod(), exchange.getRequestURI().getPath(), headers, body));
    Answer answer = answers.size() > 1 ? answers.poll() : answers.peek();
    try (exchange) {
      if (answer == null) {
        send(exchange, 501, "application/json", utf8("{\"error\":{\"message\":\"no answer\"}}"));
      } else {
        answer.give(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.getResponseHeaders().add("x-request-id", "req_stub");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** JSON as maps and lists; text that is not JSON stays text. */
  public static Object parsed(String json) {
    try {
      return MAPPER.readValue(json, Object.class);
    } catch (JsonProcessingException e) {
      return json;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    released.countDown();
    server.stop(0);
    executor.shutdownNow();
  }
}
