package io.langfuse4j.server.store.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers see while ClickHouse refuses, and after. */
class ClickHouseOutageTest {
  @TempDir private Path folder;

  @BeforeAll
  static void engine() {
    ClickHouseFront.url();
  }

  private static HttpResponse<String> export(TestServer server, int trace) {
    return server.post(
        "/api/public/otel/v1/traces",
        "application/json",
        OtlpRequest.root(trace, 1, "run").json().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void exportsAndReads_areRefusedForNow_promptsGoOn_andNothingAcknowledgedIsLost() {
    ClickHouseSettings settings = ClickHouseFront.emptyDatabase();
    ClickHouse clickHouse = new ClickHouse(settings);
    try (TestServer server = TestServer.start(folder, builder -> builder.clickHouse(settings))) {
      assertThat(export(server, 1).statusCode()).isEqualTo(200);
      clickHouse.execute("RENAME TABLE observations TO away");

      HttpResponse<String> refused = export(server, 2);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(server.get("/api/public/traces").statusCode()).isEqualTo(503);
      assertThat(server.get("/api/public/ready").statusCode()).isEqualTo(503);
      assertThat(server.get("/api/public/health").statusCode()).isEqualTo(200);
      assertThat(server.get("/api/public/v2/prompts").statusCode()).isEqualTo(200);
      assertThat(server.get("/metrics").body()).contains("langfuse4j_requests_rejected_total");

      clickHouse.execute("RENAME TABLE away TO observations");
      assertThat(export(server, 2).statusCode()).isEqualTo(200);
      assertThat(server.json("/api/public/traces").path("meta").path("totalItems").asInt())
          .isEqualTo(2);
    }
  }
}
