package io.langfuse4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.http.RequestObserver.CompletedRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnedAwayTest {
  private final IngestStatistics statistics =
      new IngestStatistics(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  private final TurnedAway turnedAway = new TurnedAway(statistics);

  private List<String> reasons() {
    return statistics.lastRejections().stream()
        .map(rejection -> rejection.count() + " " + rejection.reason())
        .toList();
  }

  private void answered(String method, String route, int status) {
    turnedAway.completed(new CompletedRequest(method, route, status, Duration.ZERO, 0));
  }

  @Test
  void completed_exportThatNoHandlerSaw_isCountedWithWhatToChange() {
    answered("POST", "unknown", 404);
    answered("POST", "unknown", 404);
    answered("POST", "unknown", 405);
    answered("POST", "/api/public/otel/v1/traces", 401);
    answered("POST", "/v1/traces", 413);
    answered("POST", "/api/public/ingestion", 401);

    assertThat(reasons())
        .containsExactly(
            "1 Keys that no project here has (401) at /api/public/ingestion",
            "1 Larger than this server takes (413) at /v1/traces",
            "1 Keys that no project here has (401) at /api/public/otel/v1/traces",
            "1 Not an address to send to (405): traces go to /api/public/otel/v1/traces",
            "2 Wrong address (404): traces are taken in at /api/public/otel/v1/traces");
    assertThat(statistics.rejectedRequests()).isEqualTo(6);
  }

  @Test
  void completed_whatIsNoLostExport_isNotCounted() {
    answered("GET", "unknown", 404);
    answered("POST", "/api/public/otel/v1/traces", 200);
    // Its handler counts what it refuses.
    answered("POST", "/api/public/otel/v1/traces", 400);
    answered("POST", "/api/public/dataset-run-items", 404);
    answered("POST", "/api/viewer/sign-in", 401);

    assertThat(reasons()).isEmpty();
  }
}
