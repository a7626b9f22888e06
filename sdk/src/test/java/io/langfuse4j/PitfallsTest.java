package io.langfuse4j;

import static io.langfuse4j.ObservationType.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedLogs;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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
    assertThat(new String(sink.requests().get(0).body(), java.nio.charset.StandardCharsets.UTF_8))
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
}
