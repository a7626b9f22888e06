package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PressureTest {
  private static final String TRACES = "/api/public/otel/v1/traces";

  @TempDir private Path folder;

  private static byte[] spans(int trace, int count) {
    OtlpRequest request = OtlpRequest.root(trace, 1, "run");
    for (int i = 2; i <= count; i++) {
      request
          .child(trace, i, 1, "step")
          .attribute("langfuse.observation.input", "text ".repeat(99));
    }
    return request.protobuf();
  }

  private static List<HttpResponse<String>> flood(TestServer server, int requests)
      throws InterruptedException {
    List<HttpResponse<String>> answers = new CopyOnWriteArrayList<>();
    ExecutorService senders = Executors.newFixedThreadPool(8);
    for (int i = 1; i <= requests; i++) {
      byte[] body = spans(i, 10);
      senders.execute(() -> answers.add(server.post(TRACES, "application/x-protobuf", body)));
    }
    senders.shutdown();
    assertThat(senders.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    return answers;
  }

  private static int traces(TestServer server) {
    return server.json("/api/public/traces?limit=1").path("meta").path("totalItems").asInt();
  }

  @Test
  void flood_isAcknowledged_andReadableAtOnce() throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      List<HttpResponse<String>> answers = flood(server, 100);

      assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
      assertThat(traces(server)).isEqualTo(100);
    }
    assertThat(folder.resolve("journal")).doesNotExist();
  }

  @Test
  void moreThanMayWait_isRefusedWithATimeToComeBack_andNothingElseIsLost() throws Exception {
    try (TestServer server = TestServer.start(folder, builder -> builder.journalBytes(20_000))) {
      List<HttpResponse<String>> answers = flood(server, 300);

      List<HttpResponse<String>> refused =
          answers.stream().filter(answer -> answer.statusCode() != 200).toList();
      assertThat(refused)
          .allMatch(answer -> answer.statusCode() == 429)
          .allMatch(answer -> answer.headers().firstValue("Retry-After").isPresent());
      int stored = answers.size() - refused.size();
      await().until(() -> traces(server) == stored);
    }
  }

  @Test
  void clockThatGoesBackwards_losesNothing() {
    SettableClock clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
    try (TestServer server = TestServer.start(folder, builder -> builder.clock(clock))) {
      server.ingest(OtlpRequest.root(1, 1, "before"));
      clock.now = clock.now.minus(Duration.ofHours(3));
      server.ingest(OtlpRequest.root(2, 1, "after"));
      server.ingest(OtlpRequest.root(1, 1, "before").child(1, 2, 1, "late"));

      assertThat(traces(server)).isEqualTo(2);
      assertThat(server.json("/api/public/traces/" + OtlpRequest.traceId(1)).path("observations"))
          .hasSize(2);
    }
  }

  @Test
  void figures_areServed() {
    try (TestServer server = TestServer.start(folder)) {
      server.ingest(OtlpRequest.root(1, 1, "run"));

      // A request is counted after it has been answered.
      await()
          .untilAsserted(
              () ->
                  assertThat(server.get("/metrics").body())
                      .contains("langfuse4j_observations_acknowledged_total 1\n")
                      .contains("langfuse4j_journal_waiting 0\n")
                      .contains(
                          "langfuse4j_http_request_seconds_count{method=\"POST\","
                              + "route=\"/api/public/otel/v1/traces\",status=\"200\"} 1\n"));
    }
  }

  private static final class SettableClock extends Clock {
    private volatile Instant now;

    SettableClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
