package io.langfuse4j.examples.helpdesk.extractive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DatabindException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.langfuse4j.examples.helpdesk.chat.ChatReply;
import io.langfuse4j.examples.helpdesk.chat.ChatRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves {@code extractive-1} on a free port of this machine, with the chat completions protocol of
 * OpenAI: plain and as server-sent events. Thread-safe.
 */
public final class ExtractiveProvider implements AutoCloseable {
  /** The name of the only model served here. */
  public static final String MODEL = ExtractiveModel.NAME;

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  static {
    // Otherwise each response waits 40 ms for the acknowledgement of its own headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService executor;
  private final AtomicInteger rejections = new AtomicInteger();

  private ExtractiveProvider(HttpServer server, ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  /** Starts to listen; {@link #close()} ends it. */
  public static ExtractiveProvider start() {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
      ExecutorService executor = Executors.newFixedThreadPool(4, ExtractiveProvider::thread);
      ExtractiveProvider provider = new ExtractiveProvider(server, executor);
      server.setExecutor(executor);
      server.createContext("/", provider::handle);
      server.start();
      return provider;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve " + MODEL, e);
    }
  }

  /** Where it answers; a client appends {@code /chat/completions}. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  /** Refuses that many coming requests with HTTP 429, as a busy provider does. */
  public void rejectNext(int requests) {
    rejections.set(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      ResponseWriter response = new ResponseWriter(exchange, JSON);
      try {
        route(exchange, response);
      } catch (RuntimeException e) {
        response.error(500, "server_error", e.toString());
      }
    }
  }

  private void route(HttpExchange exchange, ResponseWriter response) throws IOException {
    if (!exchange.getRequestURI().getPath().equals("/v1/chat/completions")) {
      response.error(404, "not_found", "Only POST /v1/chat/completions is served here");
    } else if (!exchange.getRequestMethod().equals("POST")) {
      response.error(405, "method_not_allowed", "Use POST");
    } else if (rejections.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      response.rateLimited();
    } else {
      complete(exchange, response);
    }
  }

  private static void complete(HttpExchange exchange, ResponseWriter response) throws IOException {
    ChatRequest request;
    try {
      request = JSON.readValue(exchange.getRequestBody().readAllBytes(), ChatRequest.class);
    } catch (JsonProcessingException e) {
      response.error(400, "invalid_request_error", "Not a chat completion request: " + reason(e));
      return;
    }
    if (request == null || request.messages() == null || request.messages().isEmpty()) {
      response.error(400, "invalid_request_error", "messages must not be empty");
    } else if (!MODEL.equals(request.model())) {
      response.error(
          404, "model_not_found", "No model " + request.model() + " here, only " + MODEL);
    } else {
      reply(request, response);
    }
  }

  private static void reply(ChatRequest request, ResponseWriter response) throws IOException {
    ChatReply reply = ExtractiveModel.reply(request);
    if (request.wantsStream()) {
      response.stream(reply, request.streamOptions());
    } else {
      response.completion(reply);
    }
  }

  private static String reason(JsonProcessingException e) {
    return e instanceof DatabindException databind
        ? databind.getOriginalMessage()
        : e.getOriginalMessage();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, MODEL);
    thread.setDaemon(true);
    return thread;
  }
}
