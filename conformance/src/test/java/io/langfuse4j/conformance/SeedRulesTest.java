package io.langfuse4j.conformance;

import static io.langfuse4j.ObservationType.SPAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseObservation;
import io.langfuse4j.LangfuseSpanProcessor;
import io.langfuse4j.StartOptions;
import io.langfuse4j.TraceAttributes;
import io.langfuse4j.TraceContext;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sentences of the documentation that are no program: limits, headers, ids, lifecycle. */
class SeedRulesTest {

  private static final String TRACE = "abcdef1234567890abcdef1234567890";
  private static final String PARENT = "fedcba0987654321";

  private final OtlpSink sink = new OtlpSink();
  private final Langfuse langfuse =
      Langfuse.builder().publicKey("pk").secretKey("sk").baseUrl(sink.url()).build();

  @AfterEach
  void close() {
    langfuse.close();
    sink.close();
  }

  @Test
  @Requirement({"R104", "R105"})
  void propagate_invalidValue_warnsOnceWithoutTheValue() {
    try (LogLines log = new LogLines()) {
      Langfuse.propagateAttributes(a -> a.version("v".repeat(201))).close();
      Langfuse.propagateAttributes(a -> a.version("v".repeat(202))).close();

      assertThat(log.all())
          .containsExactly(
              "propagateAttributes: version is longer than 200 characters; it is dropped.");
    }
  }

  @Test
  @Requirement("R107")
  void propagate_withoutAsBaggage_addsNoHeader() {
    Map<String, String> headers = headers(a -> a.userId("user_123").sessionId("session_abc"));

    assertThat(headers).doesNotContainKey("baggage").containsKey("traceparent");
  }

  @Test
  @Requirement({"R106", "R109"})
  void propagate_asBaggage_writesTheEntriesOfTheOtherSdks() {
    Map<String, String> headers =
        headers(
            a ->
                a.userId("ü user,1")
                    .sessionId("s-1")
                    .version("1.0")
                    .traceName("chat")
                    .environment("staging")
                    .tags("a", "b")
                    .metadata("plan", "premium")
                    .prompt("movie-critic", 3)
                    .asBaggage());

    assertThat(headers.get("baggage").split(","))
        .filteredOn(entry -> !entry.startsWith("langfuse_trace_id="))
        .containsExactlyInAnyOrder(
            "langfuse_user_id=%C3%BC%20user%2C1",
            "langfuse_session_id=s-1",
            "langfuse_version=1.0",
            "langfuse_trace_name=chat",
            "langfuse_environment=staging",
            "langfuse_tags=a%2Cb",
            "langfuse_metadata_plan=premium",
            "langfuse_prompt_name=movie-critic",
            "langfuse_prompt_version=3");
  }

  @Test
  @Requirement({"R108", "R109"})
  void request_fromJavaScript_bringsItsAttributes() {
    RecordedSpan span =
        receiving(
            "langfuse_user_id=%C3%BC%20user%2C1,langfuse_tags=a%2Cb,langfuse_metadata_plan=premium,"
                + "langfuse_prompt_name=movie-critic,langfuse_prompt_version=3");

    assertThat(propagated(span))
        .isEqualTo(
            Map.of(
                "user.id", "ü user,1",
                "langfuse.trace.tags", List.of("a", "b"),
                "langfuse.trace.metadata.plan", "premium",
                "langfuse.observation.prompt.name", "movie-critic",
                "langfuse.observation.prompt.version", 3L));
  }

  @Test
  @Requirement({"R108", "R109"})
  void request_fromPython_bringsItsAttributes() {
    RecordedSpan span =
        receiving(
            "langfuse_session_id=s-1,langfuse_tags=%5B%27a%27%2C+%27b%27%5D,"
                + "langfuse_trace_name=chat,langfuse_version=1.0,langfuse_environment=staging");

    assertThat(propagated(span))
        .isEqualTo(
            Map.of(
                "session.id", "s-1",
                "langfuse.trace.tags", List.of("a", "b"),
                "langfuse.trace.name", "chat",
                "langfuse.version", "1.0",
                "langfuse.environment", "staging"));
  }

  /** The headers of a request that is sent inside an observation and these attributes. */
  private Map<String, String> headers(Consumer<TraceAttributes> attributes) {
    Map<String, String> headers = new HashMap<>();
    langfuse.run(
        "caller",
        span ->
            Langfuse.propagateAttributes(attributes)
                .run(() -> propagators().inject(Context.current(), headers, Map::put)));
    return headers;
  }

  /** What starts in a service that receives this header. */
  private RecordedSpan receiving(String baggage) {
    Context context =
        propagators().extract(Context.root(), Map.of("baggage", baggage), new MapGetter());
    try (Scope scope = context.makeCurrent()) {
      langfuse.run("called", span -> {});
    }
    assertThat(langfuse.flush()).isTrue();
    return sink.span("called");
  }

  private static TextMapPropagator propagators() {
    return TextMapPropagator.composite(
        W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());
  }

  private static Map<String, Object> propagated(RecordedSpan span) {
    Map<String, Object> attributes = new HashMap<>(span.attributes());
    attributes
        .keySet()
        .removeAll(List.of("langfuse.observation.type", "langfuse.internal.is_app_root"));
    return attributes;
  }

  private static final class MapGetter implements TextMapGetter<Map<String, String>> {
    @Override
    public Iterable<String> keys(Map<String, String> headers) {
      return headers.keySet();
    }

    @Override
    public String get(Map<String, String> headers, String key) {
      return headers.get(key);
    }
  }

  @Test
  @Requirement("R123")
  void observationIds_cannotBeChosen() {
    List<String> choosers =
        Stream.of(Langfuse.class, LangfuseObservation.class, StartOptions.class)
            .flatMap(type -> Arrays.stream(type.getMethods()))
            .filter(method -> method.getParameterCount() > 0)
            .map(Method::getName)
            .filter(name -> name.matches("(?i)(observation|span)?id"))
            .toList();

    assertThat(choosers).isEmpty();
  }

  @Test
  @Requirement({"R121", "R124"})
  void createTraceId_withoutSeed_isRandom() {
    String traceId = Langfuse.createTraceId();

    assertThat(traceId).matches("[0-9a-f]{32}").isNotEqualTo(Langfuse.createTraceId());
    assertThat(Langfuse.createTraceId("")).isNotEqualTo(Langfuse.createTraceId(""));
  }

  @Test
  @Requirement("R129")
  void traceparent_hasTheIdsOfTheObservation() {
    Map<String, String> headers = headers(a -> {});

    assertThat(langfuse.flush()).isTrue();
    RecordedSpan caller = sink.span("caller");
    assertThat(headers.get("traceparent"))
        .isEqualTo("00-" + caller.traceId() + "-" + caller.spanId() + "-01");
  }

  @Test
  @Requirement({"R130", "R132"})
  void plainObservation_joinsATrace() {
    langfuse.startObservation("plain", SPAN, o -> o.parent(TraceContext.of(TRACE, PARENT))).end();

    assertThat(langfuse.flush()).isTrue();
    assertThat(sink.span("plain").traceId()).isEqualTo(TRACE);
    assertThat(sink.span("plain").parentSpanId()).isEqualTo(PARENT);
  }

  @Test
  @Requirement("R133")
  void joinedParent_countsAsSampled() {
    LangfuseSpanProcessor processor =
        LangfuseSpanProcessor.builder().publicKey("pk").secretKey("sk").baseUrl(sink.url()).build();
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setSampler(Sampler.parentBased(Sampler.alwaysOff()))
            .addSpanProcessor(processor)
            .build();
    try (Langfuse sampled = Langfuse.builder().tracerProvider(provider, processor).build()) {
      sampled.run("unsampled", span -> {});
      sampled.run("joined", o -> o.parent(TraceContext.of(TRACE, PARENT)), span -> {});
      assertThat(sampled.flush()).isTrue();
    }

    assertThat(sink.names()).containsExactly("joined");
    provider.close();
  }

  @Test
  @Requirement("R136")
  void malformedTraceId_isIgnoredWithAWarning() {
    try (LogLines log = new LogLines()) {
      langfuse.run("joined", o -> o.parent(TraceContext.of("XYZ", PARENT)), span -> {});

      assertThat(log.all()).hasSize(1).allMatch(line -> line.contains("32 hexadecimal characters"));
    }
    assertThat(langfuse.flush()).isTrue();
    assertThat(sink.span("joined").isRoot()).isTrue();
    assertThat(sink.span("joined").traceId()).matches("[0-9a-f]{32}");
  }

  @Test
  @Requirement("R137")
  void observations_endWhileTheServerHangs() {
    CountDownLatch answers = new CountDownLatch(1);
    sink.answering(
        request -> {
          awaitUninterruptibly(answers);
          return OtlpSink.Answer.status(200);
        });
    try (Langfuse small = small()) {
      for (int i = 0; i < 100; i++) {
        small.run("step", span -> {});
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> !sink.requests().isEmpty());
      assertThat(sink.spans()).isEmpty();
      assertThat(small.stats().queued()).isLessThanOrEqualTo(20);
      assertThat(small.stats().droppedQueueFull()).isGreaterThanOrEqualTo(80 - 10);

      answers.countDown();

      assertThat(small.flush()).isFalse();
      assertThat(small.stats().sent() + small.stats().droppedQueueFull()).isEqualTo(100);
      assertThat(sink.spans()).hasSize((int) small.stats().sent());
    }
  }

  private Langfuse small() {
    return Langfuse.builder()
        .publicKey("pk")
        .secretKey("sk")
        .baseUrl(sink.url())
        .timeout(Duration.ofSeconds(60))
        .maxQueueSize(20)
        .flushAt(10)
        .build();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @Requirement("R141")
  void close_endsTheThreads() {
    List<Thread> before = ourThreads();
    Langfuse other = Langfuse.builder().publicKey("pk").secretKey("sk").baseUrl(sink.url()).build();
    other.run("step", span -> {});
    assertThat(other.flush()).isTrue();
    assertThat(ourThreads()).anyMatch(thread -> !before.contains(thread));

    other.close();

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(before).containsAll(ourThreads()));
  }

  private static List<Thread> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("langfuse"))
        .toList();
  }

  @Test
  @Requirement("R34")
  void observedFunction_isTimed() {
    langfuse
        .observed("slow", () -> await().pollDelay(Duration.ofMillis(30)).until(() -> true))
        .run();

    assertThat(langfuse.flush()).isTrue();
    RecordedSpan slow = sink.span("slow");
    assertThat(slow.endNanos() - slow.startNanos()).isGreaterThanOrEqualTo(30_000_000);
  }

  @Test
  @Requirement("R150")
  void closed_doesNothingAndThrowsNothing() {
    langfuse.close();

    String result = langfuse.observe("late", span -> span.input("x").output("y").id());
    langfuse.updateCurrentSpan(span -> span.output("z"));
    langfuse.close();

    assertThat(result).isNotNull();
    assertThat(langfuse.flush()).isIn(true, false);
    assertThat(sink.spans()).isEmpty();
  }

  @Test
  @Requirement("R152")
  void missingKey_switchesTracingOffWithOneLine() {
    try (LogLines log = new LogLines();
        Langfuse keyless = Langfuse.builder().publicKey("pk").baseUrl(sink.url()).build()) {
      String result = keyless.observe("step", span -> "result");

      assertThat(result).isEqualTo("result");
      assertThat(keyless.isEnabled()).isFalse();
      assertThat(log.all()).hasSize(1).allMatch(line -> line.contains("LANGFUSE_SECRET_KEY"));
    }
    assertThat(sink.requests()).isEmpty();
  }
}
