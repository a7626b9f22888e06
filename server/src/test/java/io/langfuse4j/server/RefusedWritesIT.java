package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running server whose every write to a file fails from one moment on, as on a disk that has
 * turned read-only. The kernel does that for one process: its files may have no more bytes.
 */
class RefusedWritesIT {
  private static final String TRACES = "/api/public/otel/v1/traces";
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Set<Integer> acknowledged = new HashSet<>();
  private int next = 1;

  @BeforeAll
  static void limitsCanBeSet() throws Exception {
    assumeTrue(limitFiles(ProcessHandle.current().pid(), "unlimited"), "prlimit is not there");
  }

  private static boolean limitFiles(long pid, String bytes) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes + ":")
              .redirectErrorStream(true)
              .start();
      process.getInputStream().readAllBytes();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private ServerProcess start() throws IOException {
    return ServerProcess.run(Map.of(), "--port", "0", "--data", folder.resolve("data").toString());
  }

  private HttpResponse<String> export(ServerProcess server) throws Exception {
    int trace = next++;
    HttpResponse<String> response = server.send(client, TRACES, OtlpRequest.root(trace, 1, "run"));
    if (response.statusCode() == 200) {
      acknowledged.add(trace);
    }
    return response;
  }

  private HttpResponse<String> post(ServerProcess server, String path, String json)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  private void assertEverythingIsThere(ServerProcess server) throws Exception {
    for (int trace : acknowledged) {
      String path = "/api/public/traces/" + OtlpRequest.traceId(trace);
      assertThat(server.send(client, path, null).statusCode()).as(path).isEqualTo(200);
    }
    HttpResponse<String> list = server.send(client, "/api/public/traces?limit=1&fields=core", null);
    assertThat(TestServer.parse(list.body()).path("meta").path("totalItems").asInt())
        .isEqualTo(acknowledged.size());
  }

  private static void assertSaid(HttpResponse<String> refused) {
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(TestServer.parse(refused.body()).path("error").asText())
        .isEqualTo("ServiceUnavailable");
  }

  @Test
  void writesThatFail_areSaid_readsGoOn_andItRecovers() throws Exception {
    String prompt = "{\"name\":\"p\",\"type\":\"text\",\"prompt\":\"hello\"}";
    String file =
        "{\"traceId\":\"t\",\"contentType\":\"text/plain\",\"contentLength\":5,\"field\":\"input\","
            + "\"sha256Hash\":\"LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=\"}";
    try (ServerProcess server = start()) {
      for (int i = 0; i < 20; i++) {
        assertThat(export(server).statusCode()).isEqualTo(200);
      }
      String upload =
          TestServer.parse(post(server, "/api/public/media", file).body())
              .path("uploadUrl")
              .asText();

      assertThat(limitFiles(server.pid(), "0")).isTrue();
      for (int i = 0; i < 5; i++) {
        assertSaid(export(server));
      }
      assertSaid(post(server, "/api/public/v2/prompts", prompt));
      assertSaid(
          client.send(
              HttpRequest.newBuilder(URI.create(upload))
                  .header("Content-Type", "text/plain")
                  .PUT(BodyPublishers.ofString("hello"))
                  .build(),
              BodyHandlers.ofString()));
      assertEverythingIsThere(server);

      assertThat(limitFiles(server.pid(), "unlimited")).isTrue();
      await().atMost(SOON).until(() -> export(server).statusCode() == 200);
      assertThat(post(server, "/api/public/v2/prompts", prompt).statusCode()).isEqualTo(201);
      assertEverythingIsThere(server);
      server.kill();
    }
    try (ServerProcess server = start()) {
      assertEverythingIsThere(server);
      assertThat(export(server).statusCode()).isEqualTo(200);
      server.kill();
    }
  }

  @Test
  void stoppedWhileWritesFail_startsAgainWithEverythingAcknowledged() throws Exception {
    try (ServerProcess server = start()) {
      for (int i = 0; i < 20; i++) {
        assertThat(export(server).statusCode()).isEqualTo(200);
      }
      assertThat(limitFiles(server.pid(), "0")).isTrue();
      assertSaid(export(server));
      server.terminate();
    }
    try (ServerProcess server = start()) {
      assertEverythingIsThere(server);
      server.kill();
    }
  }
}
