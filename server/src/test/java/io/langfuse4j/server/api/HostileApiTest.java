package io.langfuse4j.server.api;

import static io.langfuse4j.server.TestServer.encode;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.TestServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every endpoint of the API gets what nobody should send, and blames the sender for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileApiTest {
  private static final List<String> BODIES =
      List.of(
          "",
          "nonsense",
          "null",
          "[]",
          "7",
          "{}",
          "{\"name\":7,\"batch\":{},\"prompt\":{},\"labels\":7,\"tags\":{},\"metadata\":[]}",
          "{\"name\":\"\",\"datasetName\":[],\"id\":{},\"traceIds\":\"x\",\"metrics\":1}",
          "{\"name\":\"\\ud800\",\"prompt\":\"\\ud800\",\"labels\":[null],\"config\":\"\\ud800\"}",
          "[".repeat(10_000) + "]".repeat(10_000),
          "{\"name\":\"x\",\"prompt\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}",
          "{\"name\":\"" + "x".repeat(100_000) + "\"}");

  private static final List<String> VALUES =
      List.of("", "-1", "99999999999999999999", "null", "'", "\u0000", "%", "[{]}", "\ud83d\ude00");

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.start(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** Method and path of each operation. */
  static Stream<List<String>> operations() {
    List<List<String>> operations = new ArrayList<>();
    JsonNode paths =
        TestServer.parse(new String(OpenApi.read(), StandardCharsets.UTF_8)).get("paths");
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            operations.add(
                                List.of(method.toUpperCase(Locale.ROOT), path.getKey()))));
    return operations.stream();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void operation_withNonsense_blamesTheSender(List<String> operation) {
    String method = operation.get(0);
    String path = operation.get(1).replaceAll("\\{\\w+\\}", "none");
    if (!method.equals("GET")) {
      for (String body : BODIES) {
        check(method, path, body);
      }
      return;
    }
    for (String value : VALUES) {
      String encoded = encode(value);
      check(
          method,
          path
              + Stream.of(
                      "page", "limit", "cursor", "filter", "query", "fields", "orderBy", "version")
                  .map(name -> name + "=" + encoded)
                  .reduce(
                      "?fromStartTime=2020-01-01T00:00:00Z", (left, right) -> left + "&" + right),
          "");
      check(
          method, operation.get(1).replaceAll("\\{\\w+\\}", encoded.isEmpty() ? "x" : encoded), "");
    }
  }

  private void check(String method, String path, String body) {
    HttpResponse<String> response = server.send(method, path, body);

    assertThat(response.statusCode())
        .as("%s %s %.60s: %.200s", method, path, body, response.body())
        .isLessThan(500);
  }

  @Test
  void jsonAsDeepAsMayBe_isKeptAndReadBack() {
    String deep = "[".repeat(900) + "]".repeat(900);
    server.send(200, "POST", "/api/public/v2/datasets", "{'name':'deep'}");
    server.send(
        200,
        "POST",
        "/api/public/dataset-items",
        "{'datasetName':'deep','id':'deep','input':" + deep + "}");

    assertThat(server.get("/api/public/dataset-items/deep").body()).contains("\"input\":" + deep);
  }
}
