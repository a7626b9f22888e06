package io.langfuse4j.examples.helpdesk;

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

/** Takes traces as Langfuse does, and keeps the spans. */
final class RecordingLangfuse implements AutoCloseable {
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  RecordingLangfuse() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/api/public/otel/v1/traces", this::record);
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

  private static void answer(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
