package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Beside and inside an OpenTelemetry that is somebody else's. */
class ProcessorTest extends ClientTest {

  private LangfuseSpanProcessor processor(
      java.util.function.Consumer<LangfuseSpanProcessor.Builder> settings) {
    LangfuseSpanProcessor.Builder builder =
        LangfuseSpanProcessor.builder()
            .surroundings(Map.of(), NO_LOCAL_SERVER)
            .publicKey("pk")
            .secretKey("sk")
            .baseUrl(sink.url());
    settings.accept(builder);
    return builder.build();
  }

  private static final class Remembering implements SpanExporter {
    final List<SpanData> spans = new CopyOnWriteArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
      spans.addAll(batch);
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
  }

  @Test
  @Requirement({"R147", "R148", "R93"})
  void ownProvider_withTwoProcessors_bothGetTheObservations() {
    Remembering others = new Remembering();
    LangfuseSpanProcessor processor = processor(s -> s.environment("test"));
    try (SdkTracerProvider provider =
            SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(others))
                .addSpanProcessor(processor)
                .build();
        Langfuse shared = Langfuse.builder().tracerProvider(provider, processor).build()) {
      Span http = provider.get("http").spanBuilder("GET /chat").startSpan();
      try (Scope scope = http.makeCurrent()) {
        shared.run(
            "observation", o -> provider.get("http").spanBuilder("POST /model").startSpan().end());
      }
      http.end();
      assertThat(processor.forceFlush().join(5, java.util.concurrent.TimeUnit.SECONDS).isSuccess())
          .isTrue();

      assertThat(others.spans)
          .extracting(SpanData::getName)
          .containsExactly("POST /model", "observation", "GET /chat");
      assertThat(sink.names()).containsExactly("observation");
      assertThat(sink.span("observation").attributes())
          .isEqualTo(
              root("span", "langfuse.environment", "test", "langfuse.internal.as_root", true));
      assertThat(sink.span("observation").parentSpanId())
          .isEqualTo(http.getSpanContext().getSpanId());
      assertThat(processor.stats().sent()).isEqualTo(1);
    }
  }

  @Test
  @Requirement({"R147", "R148"})
  void processorOfAClient_sendsOtherLibrariesSpansThroughIt() {
    Langfuse client = client(s -> s.mask((key, text) -> text.replace("secret", "***")));
    Remembering others = new Remembering();
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setSampler(Sampler.parentBased(Sampler.alwaysOff()))
            .addSpanProcessor(SimpleSpanProcessor.create(others))
            .addSpanProcessor(client.spanProcessor(span -> !span.getName().equals("left out")))
            .build()) {
      Span http = provider.get("http").spanBuilder("GET /chat").startSpan();
      try (Scope scope = http.makeCurrent()) {
        client.run(
            "observation",
            o -> {
              for (String name : List.of("secret chat", "left out")) {
                provider.get("litellm").spanBuilder(name).startSpan().end();
              }
            });
      }
      http.end();
    }
    client.run("after the provider was closed", o -> {});
    assertThat(client.flush()).isTrue();

    assertThat(others.spans)
        .extracting(SpanData::getName)
        .containsExactly("secret chat", "left out");
    assertThat(sink.names())
        .containsExactly("*** chat", "observation", "after the provider was closed");
    RecordedSpan chat = sink.span("*** chat");
    assertThat(chat.traceId()).isEqualTo(sink.span("observation").traceId());
    assertThat(chat.parentSpanId()).isEqualTo(sink.span("observation").spanId());
    assertThat(client.stats().sent()).isEqualTo(3);
  }

  @Test
  @Requirement("R148")
  void processorOfAClientThatIsThereAlready_sendsNothingTwice() {
    LangfuseSpanProcessor own = processor(s -> {});
    try (Langfuse joined = Langfuse.builder().tracerProvider(TracerProvider.noop(), own).build();
        SdkTracerProvider provider =
            SdkTracerProvider.builder()
                .addSpanProcessor(own)
                .addSpanProcessor(joined.spanProcessor())
                .build()) {
      provider.get("litellm").spanBuilder("observation").startSpan().end();
      assertThat(joined.flush()).isTrue();

      assertThat(sink.names()).containsExactly("observation");
    }
  }

  @Test
  @Requirement("R148")
  void forceFlush_refusedByTheServer_fails() {
    sink.answering(n -> io.langfuse4j.testing.OtlpSink.Answer.status(401));
    LangfuseSpanProcessor processor = processor(s -> {});
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(processor).build()) {
      provider.get("ai").spanBuilder("x").startSpan().end();
      assertThat(processor.forceFlush().join(5, java.util.concurrent.TimeUnit.SECONDS).isSuccess())
          .isFalse();
    }
  }

  @Test
  @Requirement("R147")
  void filter_default_takesGenAiSpansAndKnownScopesOnly() {
    LangfuseSpanProcessor processor = processor(s -> {});
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(processor).build()) {
      for (String scope :
          List.of(
              "ai", "ai.x", "aio", "ai-sdk", "litellm", "vllm.engine", "io.opentelemetry.jdbc")) {
        provider.get(scope).spanBuilder(scope).startSpan().end();
      }
      provider
          .get("anything")
          .spanBuilder("gen_ai")
          .setAttribute("gen_ai.request.model", "m")
          .startSpan()
          .end();
      Span late = provider.get("anything").spanBuilder("late").startSpan();
      late.setAttribute("gen_ai.usage.input_tokens", 1);
      late.end();
      processor.forceFlush().join(5, java.util.concurrent.TimeUnit.SECONDS);
    }

    assertThat(sink.names())
        .containsExactly("ai", "ai.x", "litellm", "vllm.engine", "gen_ai", "late");
    assertThat(sink.spans()).allMatch(span -> span.scopeAttributes().isEmpty());
  }

  @Test
  @Requirement("R147")
  void filter_ofOnesOwn_replacesTheRuleAndMayFail() {
    LangfuseSpanProcessor processor =
        processor(
            s ->
                s.shouldExportSpan(
                    span -> {
                      if (span.getName().equals("bad")) {
                        throw new IllegalStateException();
                      }
                      return span.getName().equals("wanted")
                          || LangfuseSpanProcessor.isDefaultExportSpan(span);
                    }));
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(processor).build()) {
      for (String name : List.of("wanted", "unwanted", "bad")) {
        provider.get("http").spanBuilder(name).startSpan().end();
      }
      provider.get("ai").spanBuilder("default").startSpan().end();
      processor.forceFlush().join(5, java.util.concurrent.TimeUnit.SECONDS);
    }

    assertThat(sink.names()).containsExactly("wanted", "default");
  }

  @Test
  @Requirement({"R11", "R133"})
  void foreignParent_sampledOrNot_theObservationIsRecordedAndMarkedAsRoot() {
    for (Sampler sampler : List.of(Sampler.alwaysOn(), Sampler.alwaysOff())) {
      sink.clear();
      try (SdkTracerProvider foreign =
          SdkTracerProvider.builder()
              .setSampler(sampler)
              .addSpanProcessor(new ListeningProcessor())
              .build()) {
        Span server = foreign.get("http").spanBuilder("GET").startSpan();
        try (Scope scope = server.makeCurrent()) {
          langfuse.run("root", root -> langfuse.run("child", c -> {}));
        }
        server.end();

        RecordedSpan root = sent("root");
        assertThat(root.traceId()).isEqualTo(server.getSpanContext().getTraceId());
        assertThat(root.parentSpanId()).isEqualTo(server.getSpanContext().getSpanId());
        assertThat(root.attributes())
            .as(sampler.getDescription())
            .isEqualTo(root("span", "langfuse.internal.as_root", true));
        assertThat(sink.span("child").attributes()).isEqualTo(child("span"));
        assertThat(sink.span("child").parentSpanId()).isEqualTo(root.spanId());
      }
    }
  }

  @Test
  @Requirement({"R12", "R112"})
  void observationsAroundAForeignSpan_haveOneRoot() {
    try (SdkTracerProvider foreign = SdkTracerProvider.builder().build()) {
      langfuse.run(
          "outer",
          outer -> {
            Span http = foreign.get("http").spanBuilder("POST").startSpan();
            try (Scope scope = http.makeCurrent()) {
              langfuse.run("inner", inner -> {});
            }
            http.end();
          });
    }

    assertThat(sent("outer").attributes()).isEqualTo(root("span"));
    assertThat(sink.span("inner").attributes()).isEqualTo(child("span"));
  }

  @Test
  @Requirement("R151")
  void global_isNeitherSetNorAsked() throws Exception {
    client(s -> {}).run("root", o -> {});
    langfuse.run("root", o -> {});
    flush();

    var field = GlobalOpenTelemetry.class.getDeclaredField("globalOpenTelemetry");
    field.setAccessible(true);
    assertThat(field.get(null)).isNull();
  }

  @Test
  @Requirement({"R21", "R151"})
  void twoClients_eachSendTheirOwn() {
    try (io.langfuse4j.testing.OtlpSink second = new io.langfuse4j.testing.OtlpSink()) {
      Langfuse other = client(s -> s.baseUrl(second.url()).publicKey("pk-2"));
      langfuse.run("first", o -> other.run("second", s -> {}));
      flush();
      assertThat(other.flush()).isTrue();

      assertThat(sink.names()).containsExactly("first");
      assertThat(second.names()).containsExactly("second");
      assertThat(second.span("second").scopeAttributes()).isEqualTo(Map.of("public_key", "pk-2"));
    }
  }

  @Test
  @Requirement("R147")
  void sampleRate_inAnApplicationsProvider_keepsWholeTracesAndTheirScores() {
    LangfuseSpanProcessor processor = processor(s -> s.sampleRate(0.5));
    Remembering others = new Remembering();
    try (SdkTracerProvider provider =
            SdkTracerProvider.builder()
                .addSpanProcessor(processor)
                .addSpanProcessor(SimpleSpanProcessor.create(others))
                .build();
        Langfuse shared = Langfuse.builder().tracerProvider(provider, processor).build()) {
      for (int i = 0; i < 40; i++) {
        shared.run("root", root -> root.startObservation("child").end().score("s", 1));
      }
      assertThat(shared.flush()).isTrue();

      assertThat(others.spans).hasSize(80);
      assertThat(sink.names()).hasSizeBetween(10, 70).contains("root", "child");
      assertThat(sink.names().stream().filter("root"::equals))
          .hasSameSizeAs(sink.names().stream().filter("child"::equals).toList());
      assertThat(shared.stats().scoresSent()).isEqualTo(sink.names().size() / 2);
    }
  }

  @Test
  @Requirement("R150")
  void shutdown_ofTheProvider_sendsWhatIsQueued() {
    LangfuseSpanProcessor processor = processor(s -> {});
    SdkTracerProvider provider = SdkTracerProvider.builder().addSpanProcessor(processor).build();
    provider.get("ai").spanBuilder("x").startSpan().end();
    provider.close();

    assertThat(sink.names()).containsExactly("x");
    provider.get("ai").spanBuilder("late").startSpan().end();
    assertThat(sink.names()).containsExactly("x");
  }

  /** Without any processor a provider of OpenTelemetry 1.67 makes spans without ids. */
  private static final class ListeningProcessor implements SpanProcessor {
    @Override
    public void onStart(Context parentContext, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }
}
