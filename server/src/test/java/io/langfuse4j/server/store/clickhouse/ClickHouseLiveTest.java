package io.langfuse4j.server.store.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one ClickHouse, one of which is looked at. */
class ClickHouseLiveTest {
  @TempDir private Path folder;
  private ClickHouseSettings settings;

  @BeforeEach
  void engine() {
    settings = ClickHouseFront.emptyDatabase();
  }

  private TestServer start(String name) {
    return TestServer.start(folder.resolve(name), builder -> builder.clickHouse(settings));
  }

  private static long told(List<String> lines, int trace) {
    return lines.stream()
        .filter(line -> line.startsWith("data:") && line.contains(OtlpRequest.traceId(trace)))
        .count();
  }

  @Test
  void viewer_hearsOfWhatOtherServersStored_once() {
    List<String> lines = new CopyOnWriteArrayList<>();
    try (TestServer watched = start("watched");
        TestServer other = start("other")) {
      HttpRequest live = watched.request("/api/viewer/live").build();
      CompletableFuture<Void> reading =
          HttpClient.newHttpClient()
              .sendAsync(live, BodyHandlers.ofLines())
              .thenAccept(
                  response -> {
                    try (Stream<String> stream = response.body()) {
                      stream.forEach(lines::add);
                    }
                  });
      await().until(() -> lines.contains("event:hello"));

      other.ingest(OtlpRequest.root(1, 1, "elsewhere"));
      await().until(() -> told(lines, 1) > 0);
      watched.ingest(OtlpRequest.root(2, 2, "here"));
      other.ingest(OtlpRequest.root(3, 3, "elsewhere again"));
      await().until(() -> told(lines, 2) > 0 && told(lines, 3) > 0);

      // Whatever would be told twice would come before the next round's news.
      other.ingest(OtlpRequest.root(4, 4, "the last"));
      await().until(() -> told(lines, 4) > 0);
      assertThat(List.of(told(lines, 1), told(lines, 2), told(lines, 3), told(lines, 4)))
          .containsOnly(1L);
      reading.cancel(true);
    }
  }
}
