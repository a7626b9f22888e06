package io.langfuse4j;

import static io.langfuse4j.ObservationType.AGENT;
import static io.langfuse4j.ObservationType.GENERATION;
import static io.langfuse4j.ObservationType.TOOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.trace.Span;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The callback form. */
class ObserveTest extends ClientTest {

  @Test
  @Requirement({"R7", "R10", "R12", "R17", "R18", "R20", "R156"})
  void observe_jokePipeline_makesATree() {
    String joke =
        langfuse.observe(
            "user-request-pipeline",
            root -> {
              root.input(Map.of("user_query", "Tell me a joke about OpenTelemetry"));
              String text =
                  langfuse.observe(
                      "joke-generation",
                      GENERATION,
                      generation -> {
                        generation.model("gpt-4o").modelParameters(Map.of("temperature", 0.2));
                        generation.input(List.of(Map.of("role", "user")));
                        generation.output("Why?").usage(u -> u.input(10).output(5));
                        return "Why?";
                      });
              root.output(Map.of("final_joke", text));
              return text;
            });

    assertThat(joke).isEqualTo("Why?");
    RecordedSpan root = sent("user-request-pipeline");
    RecordedSpan generation = sink.span("joke-generation");
    assertThat(root.attributes())
        .isEqualTo(
            root(
                "span",
                "input",
                "{\"user_query\":\"Tell me a joke about OpenTelemetry\"}",
                "output",
                "{\"final_joke\":\"Why?\"}"));
    assertThat(root.isRoot()).isTrue();
    assertThat(generation.attributes())
        .isEqualTo(
            child(
                "generation",
                "model.name",
                "gpt-4o",
                "model.parameters",
                "{\"temperature\":0.2}",
                "input",
                "[{\"role\":\"user\"}]",
                "output",
                "Why?",
                "usage_details",
                "{\"input\":10,\"output\":5}"));
    assertThat(generation.parentSpanId()).isEqualTo(root.spanId());
    assertThat(generation.traceId()).isEqualTo(root.traceId());
    assertThat(List.of(root.statusCode(), generation.statusCode())).containsExactly(0, 0);
    assertThat(root.events()).isEmpty();
    assertThat(root.kind()).isEqualTo(1);
    assertThat(root.endNanos()).isGreaterThanOrEqualTo(generation.endNanos());
  }

  @Test
  @Requirement({"R23", "R24", "R25", "R29"})
  void observe_capitalOfFrance_returnsResultAndEnds() {
    String answer =
        langfuse.observe(
            "user-request",
            span -> {
              span.update(s -> s.input("What is the capital of France?").output("Paris"));
              return "Paris";
            });

    assertThat(answer).isEqualTo("Paris");
    assertThat(sent("user-request").attributes())
        .isEqualTo(root("span", "input", "What is the capital of France?", "output", "Paris"));
  }

  @Test
  @Requirement({"R27", "R155"})
  void observe_bodyThrows_recordsAndRethrowsTheSameInstance() {
    IOException failure = new IOException("disk on fire");

    IOException thrown =
        catchThrowableOfType(
            IOException.class,
            () ->
                langfuse.observe(
                    "step",
                    TOOL,
                    o -> {
                      throw failure;
                    }));

    assertThat(thrown).isSameAs(failure);
    assertThat(Span.current()).isSameAs(Span.getInvalid());
    RecordedSpan span = sent("step");
    assertThat(span.attributes())
        .isEqualTo(root("tool", "level", "ERROR", "status_message", "disk on fire"));
    assertThat(span.statusCode()).isEqualTo(2);
    assertThat(span.statusMessage()).isEqualTo("disk on fire");
    assertThat(span.events()).hasSize(1);
    RecordedSpan.Event event = span.events().get(0);
    assertThat(event.name()).isEqualTo("exception");
    assertThat(event.attributes())
        .containsOnlyKeys("exception.type", "exception.message", "exception.stacktrace")
        .containsEntry("exception.type", "java.io.IOException")
        .containsEntry("exception.message", "disk on fire");
  }

  @Test
  @Requirement("R27")
  void observe_bodyThrowsAnErrorWithoutMessage_recordsItsClass() {
    StackOverflowError failure = new StackOverflowError();

    Throwable thrown =
        catchThrowable(
            () ->
                langfuse.run(
                    "deep",
                    o -> {
                      throw failure;
                    }));

    assertThat(thrown).isSameAs(failure);
    assertThat(sent("deep").observation("status_message"))
        .isEqualTo("java.lang.StackOverflowError");
  }

  @Test
  @Requirement("R27")
  void observe_exceptionWhoseMessageThrows_isRethrownAndRecorded() {
    RuntimeException failure = new ExceptionWithoutManners();

    Throwable thrown =
        catchThrowable(
            () ->
                langfuse.run(
                    "rude",
                    o -> {
                      throw failure;
                    }));

    assertThat(thrown).isSameAs(failure);
    assertThat(sent("rude").attributes())
        .isEqualTo(
            root(
                "span",
                "level",
                "ERROR",
                "status_message",
                ExceptionWithoutManners.class.getName()));
  }

  private static final class ExceptionWithoutManners extends RuntimeException {
    @Override
    public String getMessage() {
      throw new IllegalStateException("no message for you");
    }
  }

  @Test
  @Requirement("R155")
  void run_failCalledInside_recordsWithoutThrowing() {
    langfuse.run("handled", o -> o.fail(new IllegalStateException("recovered")));

    RecordedSpan span = sent("handled");
    assertThat(span.attributes())
        .isEqualTo(root("span", "level", "ERROR", "status_message", "recovered"));
    assertThat(span.statusCode()).isEqualTo(2);
  }

  @Test
  @Requirement({"R24", "R153"})
  void observe_returnsNull_isFine() {
    String nothing = langfuse.observe("nothing", AGENT, o -> null);

    assertThat(nothing).isNull();
    assertThat(sent("nothing").attributes()).isEqualTo(root("agent"));
  }

  @Test
  @Requirement("R130")
  void observe_everyOverload_startsAsItSays() {
    String traceId = Langfuse.createTraceId();
    String parentId = "00f067aa0ba902b7";
    TraceContext elsewhere = TraceContext.of(traceId, parentId);

    langfuse.observe("span", o -> o.parent(elsewhere), o -> 1);
    langfuse.observe("typed", TOOL, o -> o.parent(elsewhere), o -> 1);
    langfuse.run("task", o -> o.parent(elsewhere), o -> {});
    langfuse.run("typed-task", AGENT, o -> {});

    flush();
    assertThat(sink.spans())
        .extracting(RecordedSpan::name, RecordedSpan::type, RecordedSpan::parentSpanId)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("span", "span", parentId),
            org.assertj.core.groups.Tuple.tuple("typed", "tool", parentId),
            org.assertj.core.groups.Tuple.tuple("task", "span", parentId),
            org.assertj.core.groups.Tuple.tuple("typed-task", "agent", ""));
    assertThat(sink.span("span").traceId()).isEqualTo(traceId);
  }

  @ParameterizedTest
  @MethodSource("io.langfuse4j.ObservationType#values")
  @Requirement({"R15", "R54"})
  <O extends LangfuseObservation<O>> void type_each_isWrittenInLowerCase(ObservationType<O> type) {
    langfuse.run("callback", type, o -> assertThat(o.type()).isSameAs(type));
    try (O scope = langfuse.startActiveObservation("scope", type)) {
      assertThat(Span.current()).isSameAs(scope.span());
    }
    langfuse.startObservation("plain", type).end();

    flush();
    assertThat(sink.spans())
        .extracting(RecordedSpan::attributes)
        .allSatisfy(
            attributes -> assertThat(attributes).isEqualTo(root(type.name().toLowerCase())));
    assertThat(sink.names()).containsExactly("callback", "scope", "plain");
  }

  @Test
  @Requirement("R15")
  void types_are_theTenOfLangfuse() {
    assertThat(ObservationType.values())
        .extracting(ObservationType::name)
        .containsExactlyInAnyOrder(
            "SPAN",
            "GENERATION",
            "EVENT",
            "EMBEDDING",
            "AGENT",
            "TOOL",
            "CHAIN",
            "RETRIEVER",
            "EVALUATOR",
            "GUARDRAIL");
  }

  @Test
  @Requirement("R16")
  void observe_withoutName_isNamedForItsType() {
    langfuse.run("", TOOL, o -> {});
    langfuse.run(null, o -> {});

    flush();
    assertThat(sink.names()).containsExactly("tool", "span");
  }

  @Test
  @Requirement({"R144", "R146"})
  void runAndFlush_taskFails_flushesAndRethrows() {
    IllegalStateException failure = new IllegalStateException("boom");

    Throwable thrown =
        catchThrowable(
            () ->
                langfuse.runAndFlush(
                    () -> {
                      langfuse.run("work", o -> {});
                      throw failure;
                    }));

    assertThat(thrown).isSameAs(failure);
    assertThat(sink.names()).containsExactly("work");
  }

  @Test
  @Requirement("R15")
  void createEvent_hasNoDuration() {
    langfuse.run(
        "root", o -> langfuse.createEvent("cache-hit", e -> e.input("k").metadata("age", 3)));

    RecordedSpan event = sent("cache-hit");
    assertThat(event.attributes()).isEqualTo(child("event", "input", "k", "metadata.age", 3L));
    assertThat(event.endNanos()).isEqualTo(event.startNanos());
    assertThat(event.parentSpanId()).isEqualTo(sink.span("root").spanId());
  }
}
