package io.langfuse4j.examples.helpdesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Takes traces and scores as Langfuse does, and keeps them. */
final class RecordingLangfuse implements AutoCloseable {
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final List<JsonNode> scores = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  RecordingLangfuse() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/api/public/otel/v1/traces", this::record);
    server.createContext("/api/public/ingestion", this::recordScores);
    server.createContext(
        "/api/public/projects",
        exchange -> answer(exchange, "{\"data\":[{\"id\":\"p-1\",\"name\":\"demo\"}]}"));
    server.start();
  }

  URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<RecordedSpan> spansOf(String traceId) {
    return spans.stream().map(RecordedSpan::new).filter(s -> s.traceId().equals(traceId)).toList();
  }

  List<RecordedSpan> spansOutside(String traceId) {
    return spans.stream().map(RecordedSpan::new).filter(s -> !s.traceId().equals(traceId)).toList();
  }

  /** Bodies of the scores of that name. */
  List<JsonNode> scores(String name) {
    return scores.stream().filter(score -> score.path("name").asText().equals(name)).toList();
  }

  int spanCount() {
    return spans.size();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void record(HttpExchange exchange) throws IOException {
    boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream body =
        gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
      ExportTraceServiceRequest.parseFrom(body)
          .getResourceSpansList()
          .forEach(r -> r.getScopeSpansList().forEach(s -> spans.addAll(s.getSpansList())));
    }
    answer(exchange, "");
  }

  private void recordScores(HttpExchange exchange) throws IOException {
    try (InputStream body = exchange.getRequestBody()) {
      new ObjectMapper()
          .readTree(body)
          .path("batch")
          .forEach(event -> scores.add(event.path("body")));
    }
    answer(exchange, "{\"successes\":[],\"errors\":[]}");
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
