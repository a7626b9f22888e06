package io.langfuse4j.server.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.http.RequestObserver.CompletedRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestLogTest {
  @TempDir private Path folder;

  @Test
  void everyRequest_isALineOfJson() throws Exception {
    Path file = folder.resolve("requests.log");
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05.006Z"), ZoneOffset.UTC);
    for (int i = 0; i < 2; i++) {
      try (RequestLog log = RequestLog.open(file, clock)) {
        log.completed(
            new CompletedRequest(
                "GET", "/api/public/traces/{traceId}", 404, Duration.ofNanos(1_234_567), 89));
        assertThat(log.leftOut()).isZero();
      }
    }

    String line =
        "{\"time\":\"2026-01-02T03:04:05.006Z\",\"method\":\"GET\","
            + "\"route\":\"/api/public/traces/{traceId}\",\"status\":404,\"millis\":1.235,"
            + "\"bytes\":89}";
    assertThat(file).hasContent(line + "\n" + line + "\n");
  }
}
