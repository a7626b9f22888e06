package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.api.Project;
import io.langfuse4j.server.store.clickhouse.ClickHouseFront;
import io.langfuse4j.server.store.clickhouse.ClickHouseSettings;
import io.langfuse4j.server.store.postgres.PostgresServer;
import io.langfuse4j.server.store.postgres.PostgresSettings;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole servers on one ClickHouse and one PostgreSQL, as behind a proxy that takes either. */
class ClickHouseTwoServersTest {
  private static final Project PROJECT = new Project("main", "Main", "pk-lf-main", "sk-lf-main");
  private static final Project ORGANIZATION = new Project("o", "O", "", "sk-organization");
  private static final String PROMPTS = "/api/public/v2/prompts";

  @TempDir private Path folder;
  private TestServer one;
  private TestServer other;

  @BeforeEach
  void start() {
    ClickHouseSettings clickHouse = ClickHouseFront.emptyDatabase();
    PostgresSettings postgres = PostgresServer.emptySchema();
    one = start("one", clickHouse, postgres);
    other = start("other", clickHouse, postgres);
  }

  private TestServer start(String name, ClickHouseSettings clickHouse, PostgresSettings postgres) {
    return TestServer.start(
        folder.resolve(name),
        builder ->
            builder
                .clickHouse(clickHouse)
                .metadata(postgres)
                .requireKeys(true)
                .project(PROJECT)
                .organization(ORGANIZATION));
  }

  @AfterEach
  void stop() {
    if (other != null) {
      other.close();
      one.close();
    }
  }

  private static String basic(String publicKey, String secret) {
    byte[] pair = (publicKey + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static HttpResponse<String> send(
      TestServer server, String secret, String method, String path, String json) {
    return server.send(
        server
            .request(path)
            .header("Authorization", basic("pk", secret))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json.replace('\'', '"'))));
  }

  private static JsonNode ok(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    return TestServer.parse(response.body());
  }

  @Test
  void promptsAddedAtBothAtOnce_areVersionsInARow_andReadAtEither() {
    List<CompletableFuture<Integer>> versions = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      TestServer server = i % 2 == 0 ? one : other;
      versions.add(
          CompletableFuture.supplyAsync(
              () ->
                  ok(send(
                          server,
                          PROJECT.secretKey(),
                          "POST",
                          PROMPTS,
                          "{'name':'x','prompt':'Hello','labels':['production']}"))
                      .path("version")
                      .asInt()));
    }

    assertThat(versions)
        .extracting(CompletableFuture::join)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 30).boxed().toList());
    for (TestServer server : List.of(one, other)) {
      JsonNode production =
          ok(send(server, PROJECT.secretKey(), "GET", PROMPTS + "/x?label=production", ""));
      assertThat(production.path("version").asInt()).isEqualTo(30);
    }
  }

  @Test
  void projectAndKeysMadeAtOne_openTheOther_forTracesAndDatasets() {
    JsonNode project =
        ok(
            send(
                one,
                ORGANIZATION.secretKey(),
                "POST",
                "/api/public/projects",
                "{'name':'made','retention':0}"));
    String keys = "/api/public/projects/" + project.path("id").asText() + "/apiKeys";
    String secret =
        ok(send(one, ORGANIZATION.secretKey(), "POST", keys, "{}")).path("secretKey").asText();

    ok(send(other, secret, "POST", "/api/public/v2/datasets", "{'name':'set'}"));
    ok(
        send(
            other,
            secret,
            "POST",
            "/api/public/ingestion",
            "{'batch':[{'id':'e','type':'trace-create','timestamp':'2026-02-03T04:05:06Z',"
                + "'body':{'id':'t','name':'made at the other'}}]}"));

    assertThat(ok(send(one, secret, "GET", "/api/public/v2/datasets", "")).path("data")).hasSize(1);
    assertThat(ok(send(one, secret, "GET", "/api/public/traces/t", "")).path("name").asText())
        .isEqualTo("made at the other");
    // Nothing of it is the first project's.
    assertThat(send(one, PROJECT.secretKey(), "GET", "/api/public/traces/t", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void signedInAtOne_isSignedInAtTheOther() {
    String authorization = basic(PROJECT.publicKey(), PROJECT.secretKey());
    HttpResponse<String> signedIn =
        one.send(
            one.request("/api/viewer/sign-in")
                .header("Authorization", authorization)
                .POST(BodyPublishers.noBody()));
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
    // The name says the port, which behind a proxy is the same.
    String token = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    HttpRequest.Builder asked =
        other
            .request("/api/public/projects")
            .header("Cookie", "langfuse4j-" + other.port() + "=" + token);

    JsonNode projects = ok(other.send(asked)).path("data");
    assertThat(StreamSupport.stream(projects.spliterator(), false))
        .extracting(project -> project.path("id").asText())
        .containsExactly("main");
  }

  @Test
  void folderInUse_andPostgresWithoutClickHouse_areRefused() {
    assertThatThrownBy(
            () -> start("one", ClickHouseFront.emptyDatabase(), PostgresServer.emptySchema()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("in use by another server");
    assertThatThrownBy(
            () ->
                LangfuseServer.builder(folder.resolve("embedded"))
                    .metadata(PostgresServer.emptySchema())
                    .start())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("--store clickhouse");
  }
}
