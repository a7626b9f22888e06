package io.langfuse4j;

import static io.langfuse4j.ObservationType.TOOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an application sees of a trace that is not recorded. */
class SamplingTest extends ClientTest {

  private final Langfuse none = client(settings -> settings.sampleRate(0));

  @Test
  @Requirement("R151")
  void droppedObservations_haveIdsAndShareTheirTrace() {
    none.run(
        "root",
        root -> {
          LangfuseTool child = root.startObservation("child", TOOL);
          assertThat(root.traceId()).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
          assertThat(root.id()).matches("[0-9a-f]{16}").isNotEqualTo("0".repeat(16));
          assertThat(root.id()).isEqualTo(root.id());
          assertThat(child.traceId()).isEqualTo(root.traceId());
          assertThat(child.id()).isNotEqualTo(root.id());
          assertThat(none.currentTraceId()).isEqualTo(root.traceId());
          assertThat(none.currentObservationId()).isEqualTo(root.id());
          assertThat(child.span().isRecording()).isFalse();
          none.run("grandchild", o -> assertThat(o.traceId()).isEqualTo(root.traceId()));
        });
    none.run("next", next -> assertThat(Span.current()).isSameAs(next.span()));

    assertThat(none.flush()).isTrue();
    assertThat(sink.spans()).isEmpty();
  }

  @Test
  void droppedTrace_tellsTheServicesItCalls() {
    none.run(
        "root",
        root -> {
          Map<String, String> headers = new HashMap<>();
          W3CTraceContextPropagator.getInstance().inject(Context.current(), headers, Map::put);
          assertThat(headers)
              .isEqualTo(Map.of("traceparent", "00-" + root.traceId() + "-" + root.id() + "-00"));
        });
  }

  @Test
  void droppedObservation_takesEveryCallAndKeepsExceptions() {
    RuntimeException mine = new RuntimeException("mine");
    LangfuseTool tool = none.startObservation("tool", TOOL);
    tool.name("other")
        .input("in")
        .metadata("k", 1)
        .level(Level.ERROR)
        .statusMessage("m")
        .fail(mine)
        .score("s", 1.0);
    tool.span().addEvent("e").setAttribute("k", "v").updateName("n").recordException(mine);
    tool.end();
    tool.end(java.time.Instant.now());

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                none.run(
                    "root",
                    root -> {
                      throw mine;
                    }))
        .isSameAs(mine);
    assertThat(none.flush()).isTrue();
    assertThat(sink.requests()).isEmpty();
  }

  @Test
  void joinedTrace_isDecidedByItsId() {
    Langfuse half = client(settings -> settings.sampleRate(0.5));
    String dropped = "0".repeat(16) + "7fffffffffffffff";
    String kept = "0".repeat(16) + "0000000000000001";
    for (String traceId : new String[] {dropped, kept}) {
      half.startObservation("joins", TOOL, o -> o.parent(TraceContext.of(traceId))).end();
    }
    assertThat(half.flush()).isTrue();

    assertThat(sink.spans()).extracting(span -> span.traceId()).containsExactly(kept);
  }
}
