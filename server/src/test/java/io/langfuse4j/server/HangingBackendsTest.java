package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.store.clickhouse.ClickHouseSettings;
import io.langfuse4j.server.store.media.S3MediaSettings;
import io.langfuse4j.server.store.postgres.PostgresServer;
import io.langfuse4j.server.store.postgres.PostgresSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that take connections and do not answer: what needs others of them goes on. */
class HangingBackendsTest {
  private static final int MANY = 120;
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private TestServer start(Stalling clickHouse, UnaryOperator<LangfuseServer.Builder> more) {
    ClickHouseSettings settings =
        ClickHouseSettings.of("http://127.0.0.1:" + clickHouse.port(), null, Map.of());
    return TestServer.start(
        folder,
        builder ->
            more.apply(
                builder.clickHouse(settings).metadata(null).storePatience(Duration.ofMillis(300))));
  }

  private static List<CompletableFuture<HttpResponse<String>>> askOften(
      TestServer server, String path) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path)).build();
    return IntStream.range(0, MANY)
        .mapToObj(i -> client.sendAsync(request, BodyHandlers.ofString()))
        .toList();
  }

  /** All but those who wait for an answer are told to come back. */
  private static void assertRefused(List<CompletableFuture<HttpResponse<String>>> asked) {
    int threads = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());
    await()
        .atMost(SOON)
        .until(() -> asked.stream().filter(CompletableFuture::isDone).count() >= MANY - threads);
    assertThat(asked.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
        .allSatisfy(
            refused -> {
              assertThat(refused.statusCode()).isEqualTo(503);
              assertThat(refused.headers().firstValue("Retry-After")).contains("5");
            });
    assertThat(asked).anyMatch(one -> !one.isDone());
  }

  private static JsonNode notReady(TestServer server) {
    HttpResponse<String> response = server.get("/api/public/ready");
    assertThat(response.statusCode()).isEqualTo(503);
    JsonNode body = TestServer.parse(response.body());
    assertThat(body.get("status").asText()).isEqualTo("Database not available");
    return body.get("unavailable");
  }

  private static void assertAnswers(TestServer server, String... paths) {
    for (String path : paths) {
      assertThat(server.get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  private static void awaitAnswer(TestServer server, String path) {
    await().atMost(SOON).until(() -> server.get(path).statusCode() == 200);
  }

  @Test
  void clickHouse_thatHangs_holdsUpOnlyWhatNeedsIt() throws Exception {
    try (Stalling clickHouse = Stalling.clickHouse();
        TestServer server = start(clickHouse, builder -> builder)) {
      assertAnswers(server, "/api/public/ready", "/api/public/traces");
      clickHouse.hang();

      assertRefused(askOften(server, "/api/public/traces"));

      assertAnswers(server, "/", "/api/public/health", "/api/public/v2/prompts", "/metrics");
      assertThat(notReady(server)).isEqualTo(TestServer.lenient("['traces']"));
      assertThat(server.get("/api/public/health?failIfDatabaseUnavailable=true").statusCode())
          .isEqualTo(503);
      assertThat(server.get("/api/public/health?failIfNoRecentEvents=true").statusCode())
          .isEqualTo(503);

      clickHouse.goOn();
      awaitAnswer(server, "/api/public/traces");
      awaitAnswer(server, "/api/public/ready");
    }
  }

  @Test
  void postgres_thatHangs_holdsUpOnlyWhatNeedsIt() throws Exception {
    PostgresSettings real = PostgresServer.emptySchema();
    URI address = URI.create(real.url().substring("jdbc:".length()));
    try (Stalling clickHouse = Stalling.clickHouse();
        Stalling postgres = Stalling.before(address.getHost(), address.getPort());
        TestServer server =
            start(
                clickHouse,
                builder ->
                    builder.metadata(
                        new PostgresSettings(
                            "jdbc:postgresql://127.0.0.1:%d%s?%s"
                                .formatted(postgres.port(), address.getPath(), address.getQuery()),
                            real.user(),
                            real.password())))) {
      assertAnswers(server, "/api/public/ready", "/api/public/v2/prompts");
      postgres.hang();

      assertRefused(askOften(server, "/api/public/v2/prompts"));

      assertAnswers(server, "/", "/api/public/health", "/api/public/traces", "/metrics");
      assertThat(notReady(server)).isEqualTo(TestServer.lenient("['metadata']"));

      postgres.goOn();
      awaitAnswer(server, "/api/public/v2/prompts");
      awaitAnswer(server, "/api/public/ready");
    }
  }

  @Test
  void bucket_thatHangs_isSaid_butTakesNoServerOutOfService() throws Exception {
    try (Stalling storage = Stalling.clickHouse();
        TestServer server =
            TestServer.start(
                folder,
                builder ->
                    builder.mediaOnS3(
                        new S3MediaSettings(
                            "b",
                            URI.create("http://127.0.0.1:" + storage.port()),
                            "us-east-1",
                            "",
                            true,
                            new S3MediaSettings.Keys("id", "secret"))))) {
      storage.hang();

      HttpResponse<String> ready = server.get("/api/public/ready");

      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(TestServer.parse(ready.body()).get("unavailable"))
          .isEqualTo(TestServer.lenient("['media']"));
    }
  }
}
