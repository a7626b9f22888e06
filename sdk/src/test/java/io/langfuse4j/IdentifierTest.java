package io.langfuse4j;

import static io.langfuse4j.ObservationType.TOOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, and joining a trace by its id. */
class IdentifierTest extends ClientTest {

  @ParameterizedTest
  @CsvSource({
    "req_12345, 6cec55478a541a9eb2b3bfd6c8ba5670",
    "support-ticket-54321, f2df2e567d4515bc1e4ed0a214e2cf3c"
  })
  @Requirement({"R125", "R135"})
  void createTraceId_seeded_isTheSameAsInTheOtherSdks(String seed, String traceId) {
    assertThat(Langfuse.createTraceId(seed)).isEqualTo(traceId);
  }

  @Test
  @Requirement({"R121", "R124"})
  void createTraceId_withoutSeed_isRandom() {
    assertThat(Langfuse.createTraceId())
        .matches("[0-9a-f]{32}")
        .isNotEqualTo(Langfuse.createTraceId());
    assertThat(Langfuse.createTraceId("")).isNotEqualTo(Langfuse.createTraceId(""));
    assertThat(Langfuse.createTraceId(null)).matches("[0-9a-f]{32}");
  }

  @Test
  @Requirement({"R121", "R122", "R126", "R127", "R128"})
  void ids_ofHandleAndCurrent_areThoseOnTheWire() {
    assertThat(langfuse.currentTraceId()).isNull();
    assertThat(langfuse.currentObservationId()).isNull();
    langfuse.run(
        "root",
        root -> {
          assertThat(root.traceId()).matches("[0-9a-f]{32}").isEqualTo(langfuse.currentTraceId());
          assertThat(root.id()).matches("[0-9a-f]{16}").isEqualTo(langfuse.currentObservationId());
          root.metadata("trace", root.traceId()).metadata("id", root.id());
        });

    RecordedSpan root = sent("root");
    assertThat(root.observation("metadata.trace")).isEqualTo(root.traceId());
    assertThat(root.observation("metadata.id")).isEqualTo(root.spanId());
  }

  @Test
  @Requirement("R123")
  void ids_ofObservations_cannotBeChosen() {
    assertThat(StartOptions.class.getMethods())
        .filteredOn(method -> method.getDeclaringClass() == StartOptions.class)
        .extracting(java.lang.reflect.Method::getName)
        .containsOnly("parent", "startTime");
    assertThat(Arrays.stream(LangfuseObservation.class.getMethods()))
        .filteredOn(m -> m.getName().equals("id") || m.getName().equals("traceId"))
        .allMatch(method -> method.getParameterCount() == 0);
  }

  @Test
  @Requirement({"R111", "R129"})
  void traceparent_ofAnOutgoingCall_containsTheIds() {
    Map<String, String> headers = new HashMap<>();
    langfuse.run(
        "root",
        root -> {
          W3CTraceContextPropagator.getInstance().inject(Context.current(), headers, Map::put);
          assertThat(headers)
              .containsOnly(
                  Map.entry("traceparent", "00-" + root.traceId() + "-" + root.id() + "-01"));
        });
  }

  @Test
  @Requirement({"R130", "R131", "R132", "R156"})
  void join_traceAndParent_areUsedVerbatim() {
    TraceContext elsewhere =
        TraceContext.of("abcdef1234567890abcdef1234567890", "fedcba0987654321");
    try (LangfuseSpan scope =
        langfuse.startActiveObservation(
            "process-downstream-task", ObservationType.SPAN, o -> o.parent(elsewhere))) {
      langfuse.startObservation("child").end();
    }
    langfuse.startObservation("plain", TOOL, o -> o.parent(elsewhere)).end();

    RecordedSpan scope = sent("process-downstream-task");
    assertThat(scope.traceId()).isEqualTo("abcdef1234567890abcdef1234567890");
    assertThat(scope.parentSpanId()).isEqualTo("fedcba0987654321");
    assertThat(sink.span("child").parentSpanId()).isEqualTo(scope.spanId());
    assertThat(sink.span("child").attributes()).isEqualTo(child("span"));
    RecordedSpan plain = sink.span("plain");
    assertThat(plain.traceId()).isEqualTo("abcdef1234567890abcdef1234567890");
    assertThat(plain.parentSpanId()).isEqualTo("fedcba0987654321");
  }

  @Test
  @Requirement("R134")
  void join_traceIdAlone_makesARootOfThatTrace() {
    String traceId = Langfuse.createTraceId("req_12345");
    langfuse.run(
        "around",
        around ->
            langfuse.run(
                "root",
                o -> o.parent(TraceContext.of(traceId)),
                root -> langfuse.startObservation("child").end()));

    RecordedSpan root = sent("root");
    assertThat(root.traceId()).isEqualTo(traceId);
    assertThat(root.isRoot()).isTrue();
    assertThat(root.attributes()).isEqualTo(root("span", "langfuse.internal.as_root", true));
    assertThat(sink.span("child").traceId()).isEqualTo(traceId);
    assertThat(sink.span("child").parentSpanId()).isEqualTo(root.spanId());
  }

  @Test
  @Requirement({"R133", "R134"})
  void join_inAnApplicationsParentBasedProvider_countsAsSampled() {
    LangfuseSpanProcessor processor =
        LangfuseSpanProcessor.builder()
            .surroundings(Map.of(), NO_LOCAL_SERVER)
            .publicKey("pk")
            .secretKey("sk")
            .baseUrl(sink.url())
            .build();
    try (SdkTracerProvider provider =
            SdkTracerProvider.builder()
                .setSampler(Sampler.parentBased(Sampler.alwaysOff()))
                .addSpanProcessor(processor)
                .build();
        Langfuse shared = Langfuse.builder().tracerProvider(provider, processor).build()) {
      String traceId = Langfuse.createTraceId();
      shared.run("joined", o -> o.parent(TraceContext.of(traceId, "fedcba0987654321")), o -> {});
      shared.run("rooted", o -> o.parent(TraceContext.of(traceId)), o -> {});
      shared.run("unsampled", o -> {});
      assertThat(shared.flush()).isTrue();

      assertThat(sink.names()).containsExactly("joined", "rooted");
      assertThat(sink.span("rooted").traceId()).isEqualTo(traceId);
      assertThat(sink.span("rooted").attributes()).containsEntry("langfuse.internal.as_root", true);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"XYZ", "", "00000000000000000000000000000000", "6cec5547"})
  @Requirement("R136")
  void join_malformedTraceId_isIgnored(String traceId) {
    langfuse.run("root", o -> o.parent(TraceContext.of(traceId, "fedcba0987654321")), o -> {});

    RecordedSpan root = sent("root");
    assertThat(root.isRoot()).isTrue();
    assertThat(root.attributes()).isEqualTo(root("span"));
  }

  @Test
  @Requirement("R136")
  void join_malformedParentId_isARootOfTheTrace() {
    String traceId = Langfuse.createTraceId();
    langfuse.run("root", o -> o.parent(TraceContext.of(traceId, "nope")), o -> {});

    assertThat(sent("root").traceId()).isEqualTo(traceId);
    assertThat(sink.span("root").isRoot()).isTrue();
  }
}
