package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerProcessIT {
  private static final String TRACES = "/api/public/otel/v1/traces";

  @TempDir private Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private ServerProcess start(Path data) throws IOException {
    return ServerProcess.run(Map.of(), "--port", "0", "--data", data.toString());
  }

  private JsonNode json(ServerProcess server, String path) throws Exception {
    HttpResponse<String> response = server.send(client, path, null);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestServer.parse(response.body());
  }

  @Test
  void readyLine_isAllThatIsPrinted() throws Exception {
    try (ServerProcess server = start(folder.resolve("data"))) {
      assertThat(server.output()).hasSize(1);
      assertThat(server.output().get(0))
          .matches("Langfuse4j is ready at http://127\\.0\\.0\\.1:\\d+ after \\d+ ms");
      assertThat(json(server, "/api/public/health").path("status").asText()).isEqualTo("OK");
    }
  }

  @Test
  void variables_standForOptions() throws Exception {
    Path data = folder.resolve("by variable");
    Map<String, String> environment =
        Map.of(
            "LANGFUSE4J_PORT", "0",
            "LANGFUSE4J_HOST", "localhost",
            "LANGFUSE4J_DATA", data.toString(),
            "LANGFUSE4J_REQUIRE_KEYS", "true",
            "LANGFUSE_INIT_PROJECT_ID", "acme",
            "LANGFUSE_INIT_PROJECT_PUBLIC_KEY", "pk-acme",
            "LANGFUSE_INIT_PROJECT_SECRET_KEY", "sk-acme");
    try (ServerProcess server = ServerProcess.run(environment)) {
      assertThat(server.url()).startsWith("http://localhost:");
      assertThat(data.resolve("langfuse4j.db")).exists();
      assertThat(server.send(client, "/api/public/traces", null).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void killedWhileWriting_keepsEverythingAcknowledged_andNothingTwice() throws Exception {
    Path data = folder.resolve("killed");
    Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
    AtomicInteger next = new AtomicInteger(1);
    int rounds = Integer.getInteger("langfuse4j.kill.rounds", 3);
    for (int round = 0; round < rounds; round++) {
      try (ServerProcess server = start(data)) {
        ExecutorService senders = Executors.newFixedThreadPool(4);
        int enough = acknowledged.size() + 150;
        for (int i = 0; i < 4; i++) {
          senders.execute(() -> sendUntilItDies(server, next, acknowledged));
        }
        while (acknowledged.size() < enough) {
          Thread.onSpinWait();
        }
        if (round % 3 == 1) {
          // Also while what was acknowledged before is still on its way into the store.
          assertThat(data.resolve("journal")).isDirectory();
        }
        server.kill();
        senders.shutdown();
        assertThat(senders.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      }
    }

    try (ServerProcess server = start(data)) {
      // Readers wait a few seconds for the journal; paging needs it to be empty.
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  server
                      .send(client, "/metrics", null)
                      .body()
                      .contains("langfuse4j_journal_waiting 0\n"));
      List<String> stored = allTraceIds(server);
      Set<String> expected = new HashSet<>();
      acknowledged.forEach(trace -> expected.add(OtlpRequest.traceId(trace)));
      assertThat(stored).doesNotHaveDuplicates().containsAll(expected);
      JsonNode observations = json(server, "/api/public/observations?limit=1");
      assertThat(observations.path("meta").path("totalItems").asInt()).isEqualTo(2 * stored.size());
    }
  }

  private void sendUntilItDies(
      ServerProcess server, AtomicInteger next, Set<Integer> acknowledged) {
    try {
      while (true) {
        int trace = next.getAndIncrement();
        OtlpRequest request =
            OtlpRequest.root(trace, 1, "run")
                .attribute("langfuse.observation.input", "text ".repeat(300))
                .child(trace, 2, 1, "ask")
                .generation("gpt-4o", 10, 5);
        if (server.send(client, TRACES, request).statusCode() == 200) {
          acknowledged.add(trace);
        }
      }
    } catch (IOException e) {
      // Killed, as intended; what was not acknowledged may or may not be there.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> allTraceIds(ServerProcess server) throws Exception {
    List<String> ids = new ArrayList<>();
    int pages =
        json(server, "/api/public/traces?limit=100").path("meta").path("totalPages").asInt();
    for (int page : IntStream.rangeClosed(1, pages).toArray()) {
      json(server, "/api/public/traces?fields=core&limit=100&page=" + page)
          .path("data")
          .forEach(trace -> ids.add(trace.path("id").asText()));
    }
    return ids;
  }

  @Test
  void terminated_leavesACleanFolderBehind() throws Exception {
    Path data = folder.resolve("terminated");
    try (ServerProcess server = start(data)) {
      assertThat(server.send(client, TRACES, OtlpRequest.root(1, 1, "x")).statusCode())
          .isEqualTo(200);
      assertThat(server.terminate()).isIn(0, 143);
    }
    assertThat(Files.list(data).map(file -> file.getFileName().toString()))
        .containsExactlyInAnyOrder("langfuse4j.db", "langfuse4j-search.db", "lock", "native");
    try (ServerProcess server = start(data)) {
      assertThat(allTraceIds(server)).containsExactly(OtlpRequest.traceId(1));
    }
  }

  @Test
  void killedTwice_leavesOneCopyOfTheEngine_andNoneAmongTemporaryFiles() throws Exception {
    Path data = folder.resolve("native");
    Path temporary = Files.createDirectories(folder.resolve("temporary"));
    Map<String, String> variables =
        Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary + " -XX:-UsePerfData");
    for (int i = 0; i < 2; i++) {
      try (ServerProcess server =
          ServerProcess.run(variables, "--data", data.toString(), "--port", "0")) {
        assertThat(server.url()).isNotEmpty();
        server.kill();
      }
    }
    assertThat(Files.list(temporary)).isEmpty();
    try (Stream<Path> kept = Files.walk(data.resolve("native"))) {
      assertThat(kept.filter(Files::isRegularFile)).hasSize(1);
    }
  }

  @Test
  void secondServerOnTheFolder_isRefusedInOneLine() throws Exception {
    Path data = folder.resolve("shared");
    try (ServerProcess first = start(data);
        ServerProcess second = start(data)) {
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.output()).hasSize(1);
      assertThat(second.output().get(0)).contains("in use by another server");
      assertThat(json(first, "/api/public/health").path("status").asText()).isEqualTo("OK");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--host 0.0.0.0, 1, --require-keys",
    "--port 70000, 1, --port must be from 0 to 65535",
    "--port x, 2, --port",
    "--data /dev/null, 1, The data folder /dev/null",
    "--nonsense, 2, --nonsense",
  })
  void mistake_isSaidInOneLine(String arguments, int exitCode, String message) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments.split(" ")));
    if (!arguments.contains("--data")) {
      all.addAll(List.of("--data", folder.resolve("unused").toString()));
    }
    if (!arguments.contains("--port")) {
      all.addAll(List.of("--port", "0"));
    }
    try (ServerProcess server = ServerProcess.run(Map.of(), all.toArray(String[]::new))) {
      assertThat(server.exitCode()).isEqualTo(exitCode);
      assertThat(server.output()).hasSize(1);
      assertThat(server.output().get(0)).contains(message);
    }
  }

  @Test
  void help_namesEveryOptionAndVariable() throws Exception {
    try (ServerProcess server = ServerProcess.run(Map.of(), "--help")) {
      assertThat(server.exitCode()).isZero();
      assertThat(String.join("\n", server.output()))
          .contains("--port", "--host", "--data", "--require-keys", "--version")
          .contains("LANGFUSE4J_PORT", "LANGFUSE4J_HOST", "LANGFUSE4J_DATA")
          .contains("LANGFUSE4J_REQUIRE_KEYS", "LANGFUSE_INIT_PROJECT_SECRET_KEY");
    }
    try (ServerProcess server = ServerProcess.run(Map.of(), "--version")) {
      assertThat(server.output().get(0)).startsWith("langfuse4j-server ");
    }
  }
}
