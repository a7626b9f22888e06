package io.langfuse4j;

import static io.langfuse4j.ObservationType.GENERATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import org.junit.jupiter.api.Test;

/** The scope form: current from start to close. */
class ScopeTest extends ClientTest {

  @Test
  @Requirement({"R10", "R13", "R14", "R16"})
  void scope_closed_endsAndRestoresWhatWasCurrent() {
    Context before = Context.current();
    try (LangfuseSpan outer = langfuse.startActiveObservation("outer")) {
      try (LangfuseSpan inner = langfuse.startActiveObservation("inner")) {
        assertThat(Span.current()).isSameAs(inner.span());
      }
      assertThat(Span.current()).isSameAs(outer.span());
      langfuse.startActiveObservation("sibling").close();
    }

    assertThat(Context.current()).isSameAs(before);
    RecordedSpan outer = sent("outer");
    assertThat(outer.attributes()).isEqualTo(root("span"));
    assertThat(sink.span("inner").attributes()).isEqualTo(child("span"));
    assertThat(sink.span("inner").parentSpanId()).isEqualTo(outer.spanId());
    assertThat(sink.span("sibling").parentSpanId()).isEqualTo(outer.spanId());
    assertThat(outer.endNanos()).isGreaterThanOrEqualTo(outer.startNanos());
    assertThat(sink.names()).containsExactly("inner", "sibling", "outer");
  }

  @Test
  @Requirement({"R11", "R8"})
  void scope_spanOfAnotherTracer_isAChild() {
    try (LangfuseSpan outer = langfuse.startActiveObservation("outer")) {
      Span raw =
          langfuse
              .tracerProvider()
              .get("opentelemetry.instrumentation.openai")
              .spanBuilder("raw")
              .startSpan();
      raw.end();
    }

    RecordedSpan outer = sent("outer");
    RecordedSpan raw = sink.span("raw");
    assertThat(raw.parentSpanId()).isEqualTo(outer.spanId());
    assertThat(raw.attributes()).isEmpty();
    assertThat(raw.scopeAttributes()).isEmpty();
    assertThat(outer.scopeName()).isEqualTo("langfuse-sdk");
    assertThat(outer.scopeVersion()).isNotEmpty().isNotEqualTo("unknown");
    assertThat(outer.scopeAttributes()).containsOnly(java.util.Map.entry("public_key", "pk"));
  }

  @Test
  @Requirement("R27")
  void scope_failedInCatch_isAnError() {
    IllegalStateException failure = new IllegalStateException("no");
    try (LangfuseGeneration generation =
        langfuse.startActiveObservation("generation", GENERATION)) {
      generation.fail(failure);
    }

    RecordedSpan span = sent("generation");
    assertThat(span.attributes())
        .isEqualTo(root("generation", "level", "ERROR", "status_message", "no"));
    assertThat(span.statusCode()).isEqualTo(2);
  }

  @Test
  @Requirement("R13")
  void scope_endedBeforeClose_staysCurrentUntilClose() {
    try (LangfuseSpan outer = langfuse.startActiveObservation("outer")) {
      outer.end();
      assertThat(Span.current()).isSameAs(outer.span());
    }
    assertThat(Span.current()).isSameAs(Span.getInvalid());
    flush();
    assertThat(sink.names()).containsExactly("outer");
  }

  @Test
  @Requirement({"R13", "R151"})
  void scope_closedOnAnotherThread_endsAndLeavesThatThreadAlone() throws Exception {
    LangfuseSpan span = langfuse.startActiveObservation("wandering");
    Thread other = new Thread(span::close);
    other.start();
    other.join();
    assertThat(Span.current()).isSameAs(span.span());

    span.close();

    assertThat(Span.current()).isSameAs(Span.getInvalid());
    flush();
    assertThat(sink.names()).containsExactly("wandering");
  }

  @Test
  @Requirement("R14")
  void scope_closedTwice_restoresOnce() {
    try (LangfuseSpan outer = langfuse.startActiveObservation("outer")) {
      LangfuseSpan inner = langfuse.startActiveObservation("inner");
      inner.close();
      inner.close();
      assertThat(Span.current()).isSameAs(outer.span());
    }
    flush();
    assertThat(sink.names()).containsExactly("inner", "outer");
  }
}
