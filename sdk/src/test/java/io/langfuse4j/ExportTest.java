package io.langfuse4j;

import static io.langfuse4j.ObservationType.GENERATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.testing.OtlpSink.Answer;
import io.langfuse4j.testing.OtlpSink.Request;
import io.langfuse4j.testing.RecordedLogs;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From an ended observation to the server, and every way that can fail. */
@Timeout(120)
class ExportTest extends ClientTest {

  private void make(Langfuse client, int count) {
    for (int i = 0; i < count; i++) {
      client.run("span-" + i, o -> {});
    }
  }

  @Test
  @Requirement({"R21", "R137"})
  void request_isAsTheServerExpectsIt() {
    Langfuse client =
        client(
            s ->
                s.additionalHeaders(
                    Map.of("x-tenant", "blue", "x-langfuse-sdk-name", "overridden")));
    client.run("root", o -> o.input("x".repeat(10_000)));
    assertThat(client.flush()).isTrue();

    Request request = sink.requests().get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/api/public/otel/v1/traces");
    assertThat(request.headers())
        .containsEntry(
            "authorization",
            "Basic " + Base64.getEncoder().encodeToString("pk:sk".getBytes(StandardCharsets.UTF_8)))
        .containsEntry("content-type", "application/x-protobuf")
        .containsEntry("content-encoding", "gzip")
        .containsEntry("x-langfuse-ingestion-version", "4")
        .containsEntry("x-langfuse-public-key", "pk")
        .containsEntry("x-langfuse-sdk-name", "overridden")
        .containsEntry("x-tenant", "blue")
        .containsKey("x-langfuse-sdk-version")
        .doesNotContainKeys("upgrade", "http2-settings");
    assertThat(request.body()).hasSizeLessThan(1_000);
  }

  @Test
  @Requirement("R21")
  void request_ofAnotherPath_goesThereWhateverItsSlashes() {
    Langfuse client = client(s -> s.baseUrl(sink.url() + "/").tracesExportPath("v1/traces"));
    client.run("root", o -> {});
    assertThat(client.flush()).isTrue();

    assertThat(sink.requests()).extracting(Request::path).containsExactly("/v1/traces");
  }

  @Test
  @Requirement("R137")
  void batches_areBoundedByCount() {
    Langfuse client = client(s -> s.flushAt(10).flushInterval(Duration.ofHours(1)));
    make(client, 25);
    await().until(() -> sink.spans().size() >= 20);
    assertThat(client.flush()).isTrue();

    assertThat(sink.requests()).allMatch(request -> request.spans().size() <= 10);
    assertThat(sink.names()).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  @Requirement("R137")
  void batches_areBoundedByBytes() {
    Langfuse client = client(s -> s.maxBatchBytes(50_000).flushInterval(Duration.ofHours(1)));
    for (int i = 0; i < 20; i++) {
      client.run("big", o -> o.input("x".repeat(10_000)));
    }
    client.run("giant", o -> o.input("x".repeat(200_000)));
    assertThat(client.flush()).isTrue();

    assertThat(sink.requests()).allMatch(request -> request.spans().size() <= 4);
    assertThat(sink.spans()).hasSize(21);
  }

  @Test
  @Requirement("R137")
  void interval_sendsWithoutFlush() {
    Langfuse client = client(s -> s.flushInterval(Duration.ofMillis(20)));
    client.run("root", o -> {});

    await().until(() -> sink.names().contains("root"));
    await().until(() -> client.stats().queued() == 0);
    assertThat(client.stats().sent()).isEqualTo(1);
    assertThat(client.stats().queuedBytes()).isZero();
  }

  @Test
  @Requirement({"R145", "R146"})
  void immediate_hasArrivedBeforeTheNextStatement() {
    Langfuse client = client(s -> s.exportMode(ExportMode.IMMEDIATE));
    for (int i = 0; i < 20; i++) {
      client.startObservation("now-" + i).end();
      assertThat(sink.names()).hasSize(i + 1);
    }
  }

  @Test
  @Requirement({"R138", "R139"})
  void flush_inATightLoop_losesNoneOfTwentyThousand() {
    Langfuse client = client(s -> s.flushAt(50));
    for (int i = 0; i < 20_000; i++) {
      client.startObservation("s").end();
      if (i % 100 == 0) {
        assertThat(client.flush()).isTrue();
        assertThat(sink.spans()).hasSize(i + 1);
      }
    }
    assertThat(client.flush()).isTrue();

    assertThat(sink.spans()).hasSize(20_000);
    assertThat(client.stats().sent()).isEqualTo(20_000);
    assertThat(client.stats().dropped()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "400, refused observations with status 400",
    "401, refused the keys (401)",
    "403, use keys of a project",
    "404, There is no Langfuse trace endpoint",
    "405, does not accept traces there",
    "500, refused observations with status 500"
  })
  @Requirement({"R139", "R151"})
  void refusal_isFalseAndOneSentenceAndNotRetried(int status, String sentence) {
    sink.answering(n -> Answer.status(status));
    try (RecordedLogs logs = new RecordedLogs()) {
      make(langfuse, 3);
      assertThat(langfuse.flush()).isFalse();
      make(langfuse, 2);
      assertThat(langfuse.flush()).isFalse();

      assertThat(logs.warnings()).hasSize(1);
      assertThat(logs.warnings().get(0))
          .contains(sentence)
          .contains(sink.url())
          .doesNotContain("sk");
      assertThat(langfuse.stats().lastError()).contains(sentence);
    }
    assertThat(sink.requests().stream().flatMap(request -> request.spans().stream()))
        .as("each was sent once, in however many batches")
        .extracting(RecordedSpan::spanId)
        .hasSize(5)
        .doesNotHaveDuplicates();
    assertThat(langfuse.stats().droppedRejected()).isEqualTo(5);
    assertThat(langfuse.stats().retries()).isZero();
    assertThat(langfuse.flush()).as("nothing was lost since").isTrue();
  }

  @Test
  @Requirement("R139")
  void flush_afterALossInTheBackground_isFalseOnce() {
    sink.answering(n -> Answer.status(n == 1 ? 401 : 200));
    Langfuse client = client(s -> s.flushInterval(Duration.ofMillis(10)));
    client.run("lost", o -> {});
    await().until(() -> client.stats().droppedRejected() == 1);

    assertThat(client.flush()).isFalse();
    client.run("kept", o -> {});
    assertThat(client.flush()).isTrue();
  }

  @Test
  @Requirement({"R139", "R151"})
  void nothingListens_isFalseWithinTheTimeoutAndOneSentence() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (RecordedLogs logs = new RecordedLogs()) {
      Langfuse client =
          client(s -> s.baseUrl("http://127.0.0.1:" + port).retryTimeout(Duration.ofMillis(600)));
      make(client, 2);
      assertThat(client.flush(Duration.ofMillis(100))).isFalse();

      await().until(() -> client.stats().droppedUnreachable() == 2);
      assertThat(logs.warnings()).hasSize(1);
      assertThat(logs.warnings().get(0)).startsWith("Nothing answers at http://127.0.0.1:" + port);
    }
  }

  @Test
  @Requirement({"R137", "R139", "R151"})
  void serverHangs_endDoesNotWaitAndFlushIsFalse() {
    Duration timeout = Duration.ofMillis(200);
    CountDownLatch release = new CountDownLatch(1);
    sink.answering(
        n -> {
          awaitQuietly(release);
          return Answer.status(200);
        });
    try (RecordedLogs logs = new RecordedLogs()) {
      Langfuse client = client(s -> s.timeout(timeout).retryTimeout(Duration.ofMillis(10)));
      long start = System.nanoTime();
      make(client, 100);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("a hundred that had waited")
          .isLessThan(timeout.multipliedBy(100));
      assertThat(client.flush(Duration.ofMillis(50))).isFalse();

      await().until(() -> client.stats().droppedUnreachable() == 100);
      assertThat(logs.warnings()).hasSize(1);
      assertThat(logs.warnings().get(0)).contains("did not answer in time", "LANGFUSE_TIMEOUT");
    } finally {
      release.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 502, 503, 504})
  @Requirement("R151")
  void retryableStatus_isRetriedUntilItSucceeds(int status) {
    sink.answering(n -> Answer.status(n < 2 ? status : 200));
    make(langfuse, 3);

    assertThat(langfuse.flush()).isTrue();
    assertThat(sink.names()).containsExactly("span-0", "span-1", "span-2");
    assertThat(langfuse.stats().retries()).isEqualTo(1);
    assertThat(langfuse.stats().dropped()).isZero();
  }

  @Test
  @Requirement("R151")
  void retryAfter_isKept() {
    List<Long> times = new CopyOnWriteArrayList<>();
    sink.answering(
        n -> {
          times.add(System.nanoTime());
          return n == 1
              ? new Answer(429, Map.of("Retry-After", "1"), new byte[0])
              : Answer.status(200);
        });
    make(langfuse, 1);

    assertThat(langfuse.flush()).isTrue();
    assertThat(times.get(1) - times.get(0)).isGreaterThan(950_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775807", "3600", "-5", "soon"})
  @Requirement("R151")
  void retryAfter_absurd_neverBlocksForever(String value) {
    sink.answering(
        n ->
            n == 1
                ? new Answer(503, Map.of("Retry-After", value), new byte[0])
                : Answer.status(200));
    Langfuse client = client(s -> s.retryTimeout(Duration.ofSeconds(2)));
    make(client, 1);

    client.flush(Duration.ofSeconds(30));
    assertThat(client.stats().queued()).isZero();
    client.run("next", o -> {});
    assertThat(client.flush(Duration.ofSeconds(30))).isTrue();
    assertThat(sink.names()).contains("next");
  }

  @Test
  @Requirement("R151")
  void tooLarge_isSplitAndTheGiantCutWithItsNeighboursIntact() {
    sink.answering(
        n -> Answer.status(sink.requests().get(n - 1).body().length > 3_000 ? 413 : 200));
    java.util.Random random = new java.util.Random(1);
    StringBuilder noise = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      noise.append((char) ('a' + random.nextInt(26)));
    }
    for (int i = 0; i < 10; i++) {
      int number = i;
      langfuse.run("small-" + i, o -> o.input("input " + number));
    }
    langfuse.run("giant", GENERATION, g -> g.input(noise.toString()).output("kept").model("m"));

    assertThat(langfuse.flush()).isTrue();
    assertThat(sink.names()).hasSize(11).doesNotHaveDuplicates();
    for (int i = 0; i < 10; i++) {
      assertThat(sink.span("small-" + i).attributes())
          .isEqualTo(root("span", "input", "input " + i));
    }
    RecordedSpan giant = sink.span("giant");
    assertThat(giant.observation("output")).isEqualTo("kept");
    assertThat(giant.observation("model.name")).isEqualTo("m");
    assertThat((String) giant.observation("input"))
        .startsWith(noise.substring(0, 100))
        .contains("characters not recorded>");
    assertThat(langfuse.stats().truncated()).as("observations, not cuts").isEqualTo(1);
    assertThat(langfuse.stats().sent()).isEqualTo(11);
  }

  @Test
  @Requirement({"R139", "R151"})
  void tooLarge_againAndAgain_isSaidOnce() {
    sink.answeringRequests(
        request ->
            Answer.status(
                request.spans().stream().anyMatch(span -> span.name().equals("cursed"))
                    ? 413
                    : 200));
    try (RecordedLogs logs = new RecordedLogs()) {
      for (int i = 0; i < 3; i++) {
        langfuse.run("cursed", o -> {});
        langfuse.run("blessed", o -> {});
        assertThat(langfuse.flush()).isFalse();
      }

      assertThat(logs.messages()).hasSize(1).first().asString().contains("413");
    }
    assertThat(sink.names()).containsExactly("blessed", "blessed", "blessed");
  }

  @Test
  @Requirement({"R139", "R151"})
  void tooLarge_whateverIsCut_isLostAlone() {
    sink.answering(
        n ->
            Answer.status(
                sink.requests().get(n - 1).spans().stream()
                        .anyMatch(span -> span.name().equals("cursed"))
                    ? 413
                    : 200));
    make(langfuse, 3);
    langfuse.run("cursed", o -> o.input("x".repeat(5_000)));

    assertThat(langfuse.flush()).isFalse();
    assertThat(sink.names()).containsExactly("span-0", "span-1", "span-2");
    assertThat(langfuse.stats().droppedRejected()).isEqualTo(1);
    assertThat(langfuse.stats().truncated()).isZero();
    assertThat(langfuse.stats().lastError()).contains("413");
  }

  @Test
  @Requirement({"R139", "R151"})
  void partialSuccess_countsWhatTheServerRejected() {
    byte[] body =
        ExportTraceServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(2)
                    .setErrorMessage("too old"))
            .build()
            .toByteArray();
    sink.answering(n -> new Answer(200, Map.of("Content-Type", "application/x-protobuf"), body));
    make(langfuse, 5);

    assertThat(langfuse.flush()).isFalse();
    assertThat(langfuse.stats().sent()).isEqualTo(3);
    assertThat(langfuse.stats().droppedRejected()).isEqualTo(2);
  }

  @Test
  @Requirement({"R139", "R151"})
  void queueFull_countsEveryDropExactly() {
    CountDownLatch release = new CountDownLatch(1);
    sink.answering(
        n -> {
          awaitQuietly(release);
          return Answer.status(200);
        });
    Langfuse client = client(s -> s.maxQueueSize(100).flushAt(10).timeout(Duration.ofSeconds(20)));
    make(client, 1_000);

    assertThat(client.stats().queued()).isEqualTo(100);
    assertThat(client.stats().droppedQueueFull()).isEqualTo(900);
    release.countDown();
    assertThat(client.flush()).as("900 were lost").isFalse();
    assertThat(sink.spans()).hasSize(100);
    assertThat(client.stats().sent()).isEqualTo(100);
    assertThat(client.stats().queuedBytes()).isZero();
    client.run("later", o -> {});
    assertThat(client.flush()).isTrue();
  }

  @Test
  @Requirement("R151")
  void queueFull_byBytes_countsEveryDropExactly() {
    CountDownLatch release = new CountDownLatch(1);
    sink.answering(
        n -> {
          awaitQuietly(release);
          return Answer.status(200);
        });
    Langfuse client = client(s -> s.maxQueueBytes(1_000_000).timeout(Duration.ofSeconds(20)));
    for (int i = 0; i < 50; i++) {
      client.run("big", o -> o.input("x".repeat(100_000)));
    }

    long queued = client.stats().queued();
    assertThat(queued).isBetween(8L, 10L);
    assertThat(client.stats().queuedBytes()).isLessThanOrEqualTo(1_000_000);
    assertThat(client.stats().droppedQueueFull()).isEqualTo(50 - queued);
    release.countDown();
    client.flush();
    assertThat(sink.spans()).hasSize((int) queued);
  }

  @Test
  @Requirement({"R140", "R141", "R150"})
  void close_sendsEndsTheThreadsAndIsHarmlessAfterwards() {
    Langfuse client = client(s -> s.flushInterval(Duration.ofHours(1)));
    make(client, 5);

    assertThat(client.close(Duration.ofSeconds(30))).isTrue();
    assertThat(sink.spans()).hasSize(5);
    langfuse.close();
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.matches("langfuse-(export|http|spill).*")));
    assertThat(client.isEnabled()).isFalse();
    int result = client.observe("late", o -> 7);
    client.startObservation("late").input("x").end();
    client.close();
    assertThat(result).isEqualTo(7);
    assertThat(client.stats().droppedClosed()).isEqualTo(2);
    assertThat(client.stats().queued()).isZero();
    assertThat(client.flush(Duration.ofSeconds(1))).as("two ended and were not sent").isFalse();
    assertThat(sink.spans()).hasSize(5);
  }

  @Test
  @Requirement({"R141", "R143"})
  void close_serverHangs_givesUpInTimeAndCountsWhatIsLost() {
    CountDownLatch release = new CountDownLatch(1);
    sink.answering(
        n -> {
          awaitQuietly(release);
          return Answer.status(200);
        });
    try {
      Duration timeout = Duration.ofSeconds(60);
      Langfuse client = client(s -> s.timeout(timeout));
      make(client, 10);
      long start = System.nanoTime();
      assertThat(client.close(Duration.ofMillis(300))).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(timeout);
      await().until(() -> client.stats().queued() == 0);
      assertThat(client.stats().dropped()).isEqualTo(10);
    } finally {
      release.countDown();
    }
  }

  @Test
  @Requirement("R150")
  void traceUrl_afterClose_asksNobodyAndDoesNotThrow() {
    langfuse.close();

    assertThat(langfuse.traceUrl("abc")).isEqualTo(sink.url() + "/trace/abc");
    assertThat(sink.requests()).isEmpty();
  }

  @Test
  @Requirement("R121")
  void traceUrl_asksForTheProjectOnce() {
    assertThat(langfuse.traceUrl("abc"))
        .isEqualTo(sink.url() + "/project/project-1/traces/abc")
        .isEqualTo(langfuse.traceUrl("abc"));
    assertThat(sink.requests()).extracting(Request::path).containsExactly("/api/public/projects");
  }

  @Test
  @Requirement("R139")
  void flush_anyDuration_isAccepted() {
    make(langfuse, 1);
    assertThat(langfuse.flush(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
    assertThat(langfuse.flush(Duration.ZERO)).isIn(true, false);
    assertThat(langfuse.flush(Duration.ofSeconds(-1))).isIn(true, false);
    assertThat(langfuse.close(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
  }

  /** Keeps spans in memory. */
  private static final class MemoryExporter implements SpanExporter {
    final List<SpanData> spans = new CopyOnWriteArrayList<>();
    volatile boolean shutDown;
    volatile CompletableResultCode result = CompletableResultCode.ofSuccess();

    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
      spans.addAll(batch);
      return result;
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      shutDown = true;
      return CompletableResultCode.ofSuccess();
    }
  }

  @Test
  @Requirement({"R137", "R147"})
  void spanExporter_ofOnesOwn_needsNoKeysAndGetsTheSpans() {
    MemoryExporter exporter = new MemoryExporter();
    Langfuse client =
        Langfuse.builder()
            .surroundings(Map.of(), NO_LOCAL_SERVER)
            .spanExporter(exporter)
            .shutdownHook(false)
            .build();
    client.run("root", o -> o.input("x"));

    assertThat(client.flush()).isTrue();
    assertThat(exporter.spans).extracting(SpanData::getName).containsExactly("root");
    exporter.result = CompletableResultCode.ofFailure();
    client.run("failed", o -> {});
    assertThat(client.flush()).isFalse();
    assertThat(client.stats().droppedRejected()).isEqualTo(1);
    client.close();
    assertThat(exporter.shutDown).isTrue();
    assertThat(sink.requests()).isEmpty();
  }

  @Test
  @Requirement("R151")
  void spanExporter_thatThrows_losesTheBatchAndGoesOn() {
    List<String> exported = new ArrayList<>();
    SpanExporter moody =
        new SpanExporter() {
          @Override
          public CompletableResultCode export(Collection<SpanData> batch) {
            if (exported.isEmpty()) {
              exported.add("first");
              throw new IllegalStateException("bad mood");
            }
            batch.forEach(span -> exported.add(span.getName()));
            return CompletableResultCode.ofSuccess();
          }

          @Override
          public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
          }

          @Override
          public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
          }
        };
    Langfuse client = client(s -> s.spanExporter(moody));
    client.run("lost", o -> {});
    assertThat(client.flush()).isFalse();
    client.run("kept", o -> {});
    assertThat(client.flush()).isTrue();

    assertThat(exported).containsExactly("first", "kept");
  }

  @Test
  @Requirement("R151")
  void sampleRate_keepsWholeTracesByTheirId() {
    Langfuse half = client(s -> s.sampleRate(0.5));
    for (int i = 0; i < 400; i++) {
      half.run("root", root -> root.startObservation("child").end());
    }
    assertThat(half.flush()).isTrue();

    assertThat(sink.names()).hasSizeBetween(240, 560);
    Map<String, Long> byTrace =
        sink.spans().stream()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    RecordedSpan::traceId, java.util.stream.Collectors.counting()));
    assertThat(byTrace.values()).containsOnly(2L);
    Langfuse none = client(s -> s.sampleRate(0));
    sink.clear();
    none.run("root", o -> assertThat(o.span().isRecording()).isFalse());
    assertThat(none.flush()).isTrue();
    assertThat(sink.spans()).isEmpty();
  }

  @Test
  @Requirement("R153")
  void span_withHostileTexts_arrives() {
    langfuse.run(
        "n\u0000ame \uD800", o -> o.input("a\u0000b\uD800c").metadata("k\uDC00", "\uD83D\uDE00"));

    flush();
    RecordedSpan span = sink.spans().get(0);
    assertThat(span.observation("input")).isEqualTo("a\u0000b?c");
    assertThat(span.attributes()).containsValue("\uD83D\uDE00");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
