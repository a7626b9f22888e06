package io.langfuse4j;

import static io.langfuse4j.ObservationType.EVENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.api.LangfuseApiException;
import io.langfuse4j.dataset.DatasetItem;
import io.langfuse4j.media.LangfuseMedia;
import io.langfuse4j.media.LangfuseMediaReference;
import io.langfuse4j.testing.MediaStorage;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedLogs;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What went wrong in other SDKs and is not covered elsewhere; {@code docs/defects.md} lists all.
 */
class PitfallsTest extends ClientTest {

  @Test
  void closedKey_openedAgain_works() {
    Langfuse first = client(s -> {});
    first.run("first", o -> {});
    first.close();

    Langfuse second = client(s -> {});
    second.run("second", o -> o.score("s", 1));

    assertThat(second.flush()).isTrue();
    assertThat(sink.names()).containsExactly("first", "second");
    assertThat(second.stats().scoresSent()).isEqualTo(1);
  }

  /** Counts what is asked of it. */
  private static final class Bystander implements SpanProcessor {
    final AtomicInteger flushes = new AtomicInteger();
    final AtomicInteger shutdowns = new AtomicInteger();

    @Override
    public void onStart(
        io.opentelemetry.context.Context parentContext,
        io.opentelemetry.sdk.trace.ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(io.opentelemetry.sdk.trace.ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
      return false;
    }

    @Override
    public CompletableResultCode forceFlush() {
      flushes.incrementAndGet();
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      shutdowns.incrementAndGet();
      return CompletableResultCode.ofSuccess();
    }
  }

  @Test
  void flushAndClose_leaveOtherProcessorsAlone() {
    Bystander bystander = new Bystander();
    LangfuseSpanProcessor processor =
        LangfuseSpanProcessor.builder()
            .surroundings(Map.of(), NO_LOCAL_SERVER)
            .publicKey("pk")
            .secretKey("sk")
            .baseUrl(sink.url())
            .build();
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(bystander)
            .addSpanProcessor(processor)
            .build()) {
      Langfuse shared =
          Langfuse.builder().tracerProvider(provider, processor).shutdownHook(false).build();
      shared.run("o", o -> {});
      assertThat(shared.flush()).isTrue();
      shared.close();

      assertThat(bystander.flushes).hasValue(0);
      assertThat(bystander.shutdowns).hasValue(0);
    }
  }

  @Test
  void eventOfAHandle_isItsChildWhateverIsCurrent() {
    LangfuseSpan handle = langfuse.startObservation("handle");
    langfuse.run("current", current -> handle.startObservation("event", EVENT).end());
    handle.end();

    assertThat(sent("event").parentSpanId()).isEqualTo(sink.span("handle").spanId());
  }

  @Test
  void mask_seesEveryTextOfAnotherLibrarysSpan() {
    String secret = "hunter2";
    Langfuse client = client(s -> s.mask((key, text) -> text.replace(secret, "***")));
    Span linked = client.tracerProvider().get("litellm").spanBuilder("linked").startSpan();
    linked.end();
    Attributes attributes = Attributes.of(AttributeKey.stringKey("k"), secret);
    Span span =
        client
            .tracerProvider()
            .get("litellm")
            .spanBuilder("chat " + secret)
            .addLink(linked.getSpanContext(), attributes)
            .startSpan();
    span.setAttribute("gen_ai.prompt", secret);
    span.setAttribute(AttributeKey.stringArrayKey("list"), List.of("a", secret));
    span.addEvent(secret, attributes);
    span.recordException(new IllegalStateException(secret));
    span.setStatus(StatusCode.ERROR, secret);
    span.end();
    assertThat(client.flush()).isTrue();

    String everything = sink.spans().toString();
    assertThat(everything).doesNotContain(secret).contains("chat ***", "[a, ***]");
    assertThat(new String(sink.requests().get(0).body(), StandardCharsets.UTF_8))
        .doesNotContain(secret);
  }

  @Test
  void mask_isAskedOnceForEachTextThatIsThere() {
    Set<String> asked = ConcurrentHashMap.newKeySet();
    AtomicInteger times = new AtomicInteger();
    Langfuse client =
        client(
            s ->
                s.mask(
                    (key, text) -> {
                      asked.add(key);
                      times.incrementAndGet();
                      return text;
                    }));
    client.startObservation("o").input("in").input("in again").metadata("k", "v").end();
    assertThat(client.flush()).isTrue();

    assertThat(asked)
        .containsExactlyInAnyOrder(
            "name", "langfuse.observation.input", "langfuse.observation.metadata.k");
    assertThat(times).hasValue(3);
  }

  @Test
  void mask_thatThrows_isReportedWithoutTheContent() {
    try (RecordedLogs logs = new RecordedLogs()) {
      Langfuse client =
          client(
              s ->
                  s.mask(
                      (key, text) -> {
                        throw new IllegalArgumentException("cannot mask " + text);
                      }));
      client.startObservation("o").input("hunter2").end();
      assertThat(client.flush()).isTrue();

      assertThat(String.join("\n", logs.messages())).doesNotContain("hunter2");
    }
    assertThat(sink.spans()).hasSize(1);
    assertThat(sink.spans().toString()).doesNotContain("hunter2");
  }

  @Test
  void additionalHeaders_areOnEveryRequest() {
    Langfuse client = client(s -> s.additionalHeaders(Map.of("x-tenant", "t1")));
    client.run("o", o -> o.score("s", 1));
    assertThat(client.flush()).isTrue();

    assertThat(sink.requests())
        .extracting(OtlpSink.Request::path)
        .contains("/api/public/otel/v1/traces", "/api/public/ingestion");
    assertThat(sink.requests())
        .allSatisfy(request -> assertThat(request.headers()).containsEntry("x-tenant", "t1"));
  }

  @Test
  void additionalHeaders_doNotGoToTheFileStorage() {
    MediaStorage storage = new MediaStorage(sink);
    Langfuse client = client(s -> s.additionalHeaders(Map.of("x-tenant", "t1")));
    client.run("look", o -> o.output(LangfuseMedia.of(new byte[] {1, 2, 3}, "image/png")));
    assertThat(client.flush()).isTrue();

    assertThat(storage.puts())
        .hasSize(1)
        .allSatisfy(put -> assertThat(put.headers()).doesNotContainKey("x-tenant"));
  }

  @Test
  void resultsOfAnExperiment_showEachItemsOwnInputAfterOneThatFailed() {
    String shown =
        langfuse
            .experiment("capitals")
            .data(List.of(DatasetItem.of("Atlantis", "-"), DatasetItem.of("Peru", "Lima")))
            .task(
                item -> {
                  if (item.input().equals("Atlantis")) {
                    throw new IllegalArgumentException("no such country");
                  }
                  return "the capital of " + item.input();
                })
            .run()
            .format(true);

    assertThat(shown.lines().map(String::strip))
        .containsSubsequence(
            "1. Item 1:",
            "Input:    Atlantis",
            "2. Item 2:",
            "Input:    Peru",
            "Actual:   the capital of Peru");
  }

  @Test
  void get_isTheSameClientEachTime() {
    try (Langfuse first = Langfuse.get()) {
      assertThat(Langfuse.get()).isSameAs(first);
    } finally {
      Langfuse.setDefault(null);
    }
  }

  @Test
  void transformThatThrows_leavesResultAndObservationAlone() {
    Stream<Integer> numbers =
        langfuse
            .observed("numbers")
            .transform(
                items -> {
                  throw new IllegalStateException("no");
                })
            .operator((Stream<Integer> source) -> source)
            .apply(Stream.of(1, 2));

    assertThat(numbers).containsExactly(1, 2);
    assertThat(sent("numbers").attributes()).containsEntry("langfuse.observation.type", "span");
  }

  @Test
  void argumentsThatAreZeroFalseOrEmpty_areRecorded() {
    for (Object value : List.of(0, false, "")) {
      langfuse.observed("identity").operator((Object given) -> given).apply(value);
    }
    flush();

    assertThat(sink.spans())
        .extracting(span -> span.observation("input"))
        .containsExactly("0", "false", "");
    assertThat(sink.spans())
        .extracting(span -> span.observation("output"))
        .containsExactly("0", "false", "");
  }

  @Test
  void flushAtAndInterval_applyToScores() {
    Langfuse client = client(s -> s.flushAt(2).flushInterval(Duration.ofMillis(10)));
    for (int i = 0; i < 5; i++) {
      client.score(s -> s.sessionId("s").name("n").value(1));
    }

    await().untilAsserted(() -> assertThat(scoresPerRequest()).hasSizeGreaterThan(2));
    await().untilAsserted(() -> assertThat(client.stats().scoresSent()).isEqualTo(5));
    assertThat(scoresPerRequest()).allMatch(scores -> scores <= 2);
  }

  private List<Integer> scoresPerRequest() {
    return sink.requests().stream()
        .filter(request -> request.path().equals("/api/public/ingestion"))
        .map(request -> new String(request.body(), StandardCharsets.UTF_8))
        .map(body -> body.split("\"score-create\"", -1).length - 1)
        .toList();
  }

  @Test
  void clients_haveOneThreadEach_besidesThoseOfTheirRequests_andLeaveNone() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    List<Langfuse> clients = Stream.generate(() -> client(s -> {})).limit(5).toList();
    clients.forEach(client -> client.run("o", o -> {}));
    clients.forEach(Langfuse::flush);

    assertThat(threadsSince(before))
        .filteredOn(name -> !name.startsWith("langfuse-http-"))
        .containsOnly("langfuse-export")
        .hasSize(5);
    clients.forEach(Langfuse::close);
    await().untilAsserted(() -> assertThat(threadsSince(before)).isEmpty());
  }

  private static List<String> threadsSince(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.startsWith("langfuse"))
        .toList();
  }

  @Test
  void severalClients_haveNothingToSayAboutEachOther() {
    Langfuse other = client(s -> s.publicKey("pk-2"));
    try (RecordedLogs logs = new RecordedLogs()) {
      langfuse.run("one", o -> {});
      other.run("two", o -> other.observed("three").runnable(() -> {}).run());
      assertThat(langfuse.flush() && other.flush()).isTrue();

      assertThat(logs.messages()).isEmpty();
    }
  }

  @Test
  void traceUrl_ofAnAddressWithASlash_hasNoTwo() {
    assertThat(client(s -> s.baseUrl(sink.url() + "/")).traceUrl("abc"))
        .isEqualTo(sink.url() + "/project/project-1/traces/abc");
  }

  /** Both are answered when the test is over; without the setting each would wait for 10 s. */
  @Test
  @Timeout(18)
  void timeout_appliesToEveryRequestOfTheClient() {
    CountDownLatch over = new CountDownLatch(1);
    sink.answeringRequests(
        request -> {
          awaitUninterruptibly(over);
          return OtlpSink.Answer.status(200);
        });
    Langfuse client = client(s -> s.timeout(Duration.ofMillis(200)));
    LangfuseMediaReference reference =
        LangfuseMediaReference.parse("@@@langfuseMedia:type=image/png|id=abc|source=bytes@@@");
    try {
      assertThatThrownBy(() -> client.api().health()).isInstanceOf(LangfuseApiException.class);
      assertThatThrownBy(() -> client.fetchMedia(reference)).isInstanceOf(IOException.class);
    } finally {
      over.countDown();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
