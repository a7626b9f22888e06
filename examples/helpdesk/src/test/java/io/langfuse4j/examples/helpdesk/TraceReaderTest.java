package io.langfuse4j.examples.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TraceReaderTest {
  private static final Answer ANSWER =
      new Answer(Conversations.of("test").get(0), "In transit.", List.of(), 1, "abc");
  private static final String COMPLETE =
      """
      {"observations": [
        {"id": "1", "parentObservationId": null, "name": "answer-question", "endTime": "now", "output": "In transit."},
        {"id": "2", "parentObservationId": "1", "name": "retrieve", "endTime": "now", "output": []}]}
      """;

  private HttpServer server;
  private TraceReader reader;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    URI baseUrl = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    reader = new TraceReader(baseUrl, "pk", "sk", Duration.ZERO);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void problemWith_completeTrace_isNone() {
    answer(COMPLETE);

    assertThat(reader.problemWith(ANSWER)).isEmpty();
  }

  @Test
  void problemWith_observationStillOpen_namesIt() {
    answer(
        COMPLETE.replaceFirst(
            "\"retrieve\", \"endTime\": \"now\"", "\"retrieve\", \"endTime\": null"));

    assertThat(reader.problemWith(ANSWER)).isEqualTo("retrieve has no end");
  }

  @Test
  void problemWith_orphan_namesIt() {
    answer(COMPLETE.replace("\"parentObservationId\": \"1\"", "\"parentObservationId\": \"9\""));

    assertThat(reader.problemWith(ANSWER)).isEqualTo("retrieve has no parent");
  }

  @Test
  void problemWith_otherAnswer_saysSo() {
    answer(COMPLETE.replace("In transit.", "Delivered."));

    assertThat(reader.problemWith(ANSWER)).isEqualTo("the answer is not in it");
  }

  @Test
  void problemWith_noTrace_tellsStatus() {
    assertThat(reader.problemWith(ANSWER)).isEqualTo("HTTP 404");
  }

  private void answer(String trace) {
    server.createContext(
        "/api/public/traces/abc",
        exchange -> {
          byte[] bytes = trace.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
