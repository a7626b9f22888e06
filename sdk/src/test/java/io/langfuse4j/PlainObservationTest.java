package io.langfuse4j;

import static io.langfuse4j.ObservationType.AGENT;
import static io.langfuse4j.ObservationType.EVENT;
import static io.langfuse4j.ObservationType.GENERATION;
import static io.langfuse4j.ObservationType.TOOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The plain form: never current, ended by hand, free to travel. */
class PlainObservationTest extends ClientTest {

  @Test
  @Requirement({"R48", "R49", "R50"})
  void plain_startedUpdatedAndEndedOnThreeThreads_isOneObservation() {
    try (LangfuseSpan main = langfuse.startActiveObservation("main")) {
      LangfuseTool tool = langfuse.startObservation("side", TOOL);
      CompletableFuture.runAsync(() -> tool.input("in"))
          .thenRunAsync(() -> tool.startObservation("child").end())
          .thenRunAsync(() -> tool.output("out").end())
          .join();
    }

    RecordedSpan side = sent("side");
    assertThat(side.attributes()).isEqualTo(child("tool", "input", "in", "output", "out"));
    assertThat(side.parentSpanId()).isEqualTo(sink.span("main").spanId());
    assertThat(side.traceId()).isEqualTo(sink.span("main").traceId());
    assertThat(sink.span("child").parentSpanId()).isEqualTo(side.spanId());
  }

  @Test
  @Requirement({"R51", "R55", "R62", "R65"})
  void plain_started_doesNotBecomeCurrent() {
    Span before = Span.current();
    LangfuseSpan parent = langfuse.startObservation("parent");
    assertThat(Span.current()).isSameAs(before);
    LangfuseSpan child = parent.startObservation("child");
    assertThat(Span.current()).isSameAs(before);
    LangfuseSpan other = langfuse.startObservation("other");
    other.end();
    child.end();
    parent.end();

    assertThat(sent("parent").attributes()).isEqualTo(root("span"));
    assertThat(sink.span("other").isRoot()).isTrue();
    assertThat(sink.span("other").traceId()).isNotEqualTo(sink.span("parent").traceId());
    assertThat(sink.span("child").parentSpanId()).isEqualTo(sink.span("parent").spanId());
  }

  @Test
  @Requirement({"R52", "R72"})
  void plain_parent_isDecidedAtTheStart() {
    LangfuseSpan side;
    LangfuseSpan second;
    try (LangfuseSpan main = langfuse.startActiveObservation("main")) {
      side = langfuse.startObservation("side");
      second = side.startObservation("second");
    }
    side.end();
    second.end();

    RecordedSpan main = sent("main");
    assertThat(sink.span("side").parentSpanId()).isEqualTo(main.spanId());
    assertThat(sink.span("second").parentSpanId()).isEqualTo(sink.span("side").spanId());
    assertThat(sink.names()).containsExactly("main", "side", "second");
  }

  @Test
  @Requirement("R53")
  void plain_withNothingCurrent_startsATrace() {
    langfuse.startObservation("alone", TOOL).end();

    RecordedSpan span = sent("alone");
    assertThat(span.isRoot()).isTrue();
    assertThat(span.attributes()).isEqualTo(root("tool"));
  }

  @Test
  @Requirement({"R58", "R59", "R60"})
  void plain_childrenOfAHandle_hangOnTheHandleWhateverIsCurrent() {
    LangfuseGeneration generation = langfuse.startObservation("generation", GENERATION);
    try (LangfuseSpan other = langfuse.startActiveObservation("other")) {
      generation.startObservation("tool", TOOL).end();
      generation.createEvent("event", e -> e.level(Level.DEBUG));
    }
    generation.end();

    String parent = sent("generation").spanId();
    assertThat(sink.span("tool").parentSpanId()).isEqualTo(parent);
    assertThat(sink.span("tool").attributes()).isEqualTo(child("tool"));
    assertThat(sink.span("event").parentSpanId()).isEqualTo(parent);
    assertThat(sink.span("event").attributes()).isEqualTo(child("event", "level", "DEBUG"));
    assertThat(sink.span("other").parentSpanId()).isEmpty();
  }

  @Test
  @Requirement({"R61", "R73"})
  void plain_activeChildrenOfAHandle_areCurrent() {
    LangfuseSpan parent = langfuse.startObservation("parent");
    parent.run("task", task -> langfuse.startObservation("grandchild").end());
    parent.run("typed-task", AGENT, task -> {});
    int result = parent.observe("function", span -> 1);
    result += parent.observe("typed-function", TOOL, tool -> 2);
    try (LangfuseSpan scope = parent.startActiveObservation("scope");
        LangfuseAgent agent = scope.startActiveObservation("agent", AGENT)) {
      assertThat(Span.current()).isSameAs(agent.span());
    }
    parent.end();

    assertThat(result).isEqualTo(3);
    String parentId = sent("parent").spanId();
    for (String name : List.of("task", "typed-task", "function", "typed-function", "scope")) {
      assertThat(sink.span(name).parentSpanId()).as(name).isEqualTo(parentId);
    }
    assertThat(sink.span("grandchild").parentSpanId()).isEqualTo(sink.span("task").spanId());
    assertThat(sink.span("agent").parentSpanId()).isEqualTo(sink.span("scope").spanId());
  }

  @Test
  @Requirement({"R63", "R64"})
  void plain_neverEnded_losesOnlyItself() {
    LangfuseSpan forgotten = langfuse.startObservation("forgotten");
    forgotten.startObservation("child").end();

    flush();
    assertThat(sink.names()).containsExactly("child");
    assertThat(sink.span("child").parentSpanId()).isEqualTo(forgotten.id());
    assertThat(sink.span("child").attributes()).isEqualTo(child("span"));
  }

  @Test
  @Requirement({"R57", "R70", "R86"})
  void plain_endedTwiceAndUpdatedAfterwards_isSentOnceAsItWas() {
    LangfuseTool tool = langfuse.startObservation("tool", TOOL).input("in");
    tool.end().end();
    tool.output("late").metadata("late", true).level(Level.ERROR).name("late").fail(new Error());
    tool.close();

    RecordedSpan span = sent("tool");
    assertThat(span.attributes()).isEqualTo(root("tool", "input", "in"));
    assertThat(span.statusCode()).isZero();
    assertThat(span.events()).isEmpty();
    assertThat(sink.spans()).hasSize(1);
  }

  @Test
  @Requirement({"R68", "R69", "R156"})
  void plain_fetchWeatherExample_hasItsShapeAndValues() {
    LangfuseSpan span =
        langfuse
            .startObservation("user-request")
            .input(Map.of("query", "What is the capital of France?"));
    LangfuseTool toolCall =
        span.startObservation("fetch-weather", TOOL).input(Map.of("city", "Paris"));
    toolCall.update(t -> t.output(Map.of("temperature", "15°C"))).end();
    LangfuseGeneration generation =
        span.startObservation("llm-call", GENERATION)
            .model("gpt-4")
            .input(List.of(Map.of("content", "What is the capital of France?")));
    generation
        .update(
            g ->
                g.usage(u -> u.input(10).output(5))
                    .output(Map.of("content", "The capital of France is Paris.")))
        .end();
    span.output("Successfully answered user request.").end();

    RecordedSpan root = sent("user-request");
    assertThat(root.attributes())
        .isEqualTo(
            root(
                "span",
                "input",
                "{\"query\":\"What is the capital of France?\"}",
                "output",
                "Successfully answered user request."));
    assertThat(sink.span("fetch-weather").attributes())
        .isEqualTo(
            child("tool", "input", "{\"city\":\"Paris\"}", "output", "{\"temperature\":\"15°C\"}"));
    assertThat(sink.span("llm-call").attributes())
        .isEqualTo(
            child(
                "generation",
                "model.name",
                "gpt-4",
                "input",
                "[{\"content\":\"What is the capital of France?\"}]",
                "usage_details",
                "{\"input\":10,\"output\":5}",
                "output",
                "{\"content\":\"The capital of France is Paris.\"}"));
    assertThat(sink.span("fetch-weather").parentSpanId()).isEqualTo(root.spanId());
    assertThat(sink.span("llm-call").parentSpanId()).isEqualTo(root.spanId());
  }

  @Test
  @Requirement("R49")
  void plain_startAndEndTimesGiven_areKept() {
    Instant start = Instant.parse("2024-01-01T00:00:00.123456789Z");
    Instant end = start.plus(Duration.ofSeconds(2));
    langfuse.startObservation("past", TOOL, o -> o.startTime(start)).end(end);
    langfuse.startObservation("moment", EVENT, o -> o.startTime(start)).end(end);
    try (LangfuseSpan root = langfuse.startActiveObservation("root");
        LangfuseTool active =
            root.startActiveObservation("active", TOOL, o -> o.startTime(start))) {
      assertThat(Span.current()).isSameAs(active.span());
    }

    RecordedSpan past = sent("past");
    assertThat(past.startNanos()).isEqualTo(1_704_067_200_123_456_789L);
    assertThat(past.endNanos()).isEqualTo(1_704_067_202_123_456_789L);
    assertThat(sink.span("active").startNanos()).isEqualTo(1_704_067_200_123_456_789L);
    RecordedSpan moment = sink.span("moment");
    assertThat(moment.startNanos()).isEqualTo(1_704_067_200_123_456_789L);
    assertThat(moment.endNanos()).isEqualTo(moment.startNanos());
  }
}
