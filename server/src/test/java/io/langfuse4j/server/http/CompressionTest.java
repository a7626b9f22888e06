package io.langfuse4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = TestServer.start(folder);
    for (int id = 1; id <= 20; id++) {
      server.ingest(OtlpRequest.root(id, id, "run"));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/viewer/traces", "/api/public/traces", "/app.js", "/app.css"})
  void answers_areSmallerForWhoTakesGzip(String path) throws Exception {
    HttpResponse<byte[]> plain = get(path, "identity");

    HttpResponse<byte[]> packed = get(path, "gzip");

    assertThat(plain.headers().firstValue("Content-Encoding").orElse("identity"))
        .isEqualTo("identity");
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(packed.body().length).isLessThan(plain.body().length / 2);
    assertThat(unpacked(packed.body())).isEqualTo(text(plain.body()));
  }

  @Test
  void shortAnswers_areSentAsTheyAre() throws Exception {
    HttpResponse<byte[]> health = get("/api/public/health", "gzip");

    assertThat(health.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(TestServer.parse(text(health.body())).path("status").asText()).isEqualTo("OK");
  }

  private static HttpResponse<byte[]> get(String path, String encoding) throws Exception {
    return CLIENT.send(
        server.request(path).header("Accept-Encoding", encoding).build(),
        BodyHandlers.ofByteArray());
  }

  private static String unpacked(byte[] body) throws IOException {
    try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return text(stream.readAllBytes());
    }
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
