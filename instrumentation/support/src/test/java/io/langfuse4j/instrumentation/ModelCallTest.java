package io.langfuse4j.instrumentation;

import static io.langfuse4j.ObservationType.GENERATION;
import static io.langfuse4j.ObservationType.TOOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.langfuse4j.LangfuseSpan;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedLogs;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The life of a model call. */
@SuppressWarnings("try") // the scopes are the point
class ModelCallTest extends TracedTest {

  @Test
  @Requirement({"R2", "R3", "R4", "R5"})
  void succeed_recordsRequestAndResponse() {
    ModelCall call = ModelCall.start(langfuse, "ask", GENERATION);
    call.request(r -> r.model("m").input("question").parameter("temperature", 0.5));
    call.succeed(
        r ->
            r.model("m-1")
                .output("answer")
                .usage(Map.of("prompt_tokens", 3, "completion_tokens", 4))
                .finishReason("stop"));

    assertThat(fields(theSpan()))
        .isEqualTo(
            Map.of(
                "type", "generation",
                "model.name", "m-1",
                "model.parameters", Map.of("temperature", 0.5),
                "input", "question",
                "output", "answer",
                "usage_details", Map.of("input", 3, "output", 4),
                "metadata.finish_reason", "stop"));
  }

  @Test
  void endedTwice_keepsTheFirstEnd() {
    ModelCall call = ModelCall.start(langfuse, "ask", GENERATION);
    call.succeed(r -> r.output("first"));
    call.succeed(r -> r.output("second"));
    call.fail(new IOException("late"));
    call.closeEarly();

    assertThat(fields(theSpan())).isEqualTo(Map.of("type", "generation", "output", "first"));
  }

  @Test
  void descriptionThatThrows_losesNeitherTheSpanNorWhatWasSaidBefore() {
    try (RecordedLogs logs = new RecordedLogs()) {
      ModelCall call = ModelCall.start(langfuse, "ask", GENERATION);
      call.request(
          r -> {
            r.input("question").parameter("temperature", 1);
            throw new IllegalStateException("drift");
          });
      call.succeed(
          r -> {
            r.output("answer").finishReason("stop");
            throw new NoSuchMethodError("older library");
          });

      assertThat(fields(theSpan()))
          .isEqualTo(
              Map.of(
                  "type", "generation",
                  "input", "question",
                  "model.parameters", Map.of("temperature", 1),
                  "output", "answer",
                  "metadata.finish_reason", "stop"));
      // Calls of other tests may be found abandoned meanwhile.
      assertThat(logs.warnings().stream().filter(warning -> warning.startsWith("A model call")))
          .hasSizeLessThanOrEqualTo(2)
          .allMatch(warning -> warning.contains("not affected"));
    }
  }

  @Test
  @Requirement("R6")
  void fail_beforeAnythingArrived_costsNothing() {
    ModelCall call = ModelCall.start(langfuse, "ask", GENERATION);
    call.fail(new IOException("reset"));

    assertThat(fields(theSpan()))
        .isEqualTo(
            Map.of(
                "type", "generation",
                "level", "ERROR",
                "status_message", "reset",
                "cost_details", Map.of("input", 0, "output", 0, "total", 0)));
  }

  @Test
  void layerBelow_seesTheCallAndDoesNotObserveItAgain() {
    ModelCall outer = ModelCall.start(langfuse, "outer", GENERATION);
    try (Scope scope = outer.makeCurrent()) {
      ModelCall inner = ModelCall.start(langfuse, "inner", GENERATION);
      assertThat(inner.isActive()).isFalse();
      inner.succeed(r -> r.output("unused"));
    }
    outer.succeed(r -> r.output("answer"));

    assertThat(theSpan().name()).isEqualTo("outer");
  }

  @Test
  void callOfAToolInsideACall_isAnotherCall() {
    ModelCall outer = ModelCall.start(langfuse, "outer", GENERATION);
    try (Scope scope = outer.makeCurrent()) {
      langfuse.run("tool", TOOL, tool -> ModelCall.start(langfuse, "inner", GENERATION).succeed());
    }
    outer.succeed();

    assertThat(sent())
        .extracting(RecordedSpan::name)
        .containsExactlyInAnyOrder("inner", "tool", "outer");
  }

  @Test
  void markObserved_forOneThatIsMadeOtherwise_keepsLayersBelowSilent() {
    try (LangfuseSpan span = langfuse.startActiveObservation("elsewhere");
        Scope marked = ModelCall.markObserved(span.id()).makeCurrent()) {
      assertThat(ModelCall.start(langfuse, "inner", GENERATION).isActive()).isFalse();
    }
  }

  @Test
  void announced_keepsTheLayerSilentThatTheFrameworkCallsNext() {
    ModelCall call = ModelCall.start(langfuse, "outer", GENERATION);
    call.announce("org.junit.");
    assertThat(ModelCall.start(langfuse, "inner", GENERATION).isActive()).isFalse();
    ModelCall.start(langfuse, "another", GENERATION).succeed();
    call.succeed();

    assertThat(sent()).extracting(RecordedSpan::name).containsExactlyInAnyOrder("another", "outer");
  }

  @Test
  void announced_isNothingToOtherCallers() {
    ModelCall call = ModelCall.start(langfuse, "outer", GENERATION);
    call.announce("org.springframework.ai.");
    ModelCall.start(langfuse, "another", GENERATION).succeed();
    call.succeed();

    assertThat(sent()).extracting(RecordedSpan::name).containsExactlyInAnyOrder("another", "outer");
  }

  @Test
  @Requirement("R9")
  void options_nameDescribeAndLinkTheCallsInside() {
    ModelCallOptions options =
        new ModelCallOptions().name("summarise").metadata("step", 2).prompt("summary", 3);
    try (Scope scope = options.inCurrentContext().makeCurrent();
        Scope inner =
            new ModelCallOptions().metadata("more", true).inCurrentContext().makeCurrent()) {
      ModelCall.start(langfuse, "ask", GENERATION).succeed();
    }
    ModelCall.start(langfuse, "ask", GENERATION).succeed();

    sent();
    assertThat(fields(sink.span("summarise")))
        .isEqualTo(
            Map.of(
                "type",
                "generation",
                "metadata.step",
                2L,
                "metadata.more",
                true,
                "prompt.name",
                "summary",
                "prompt.version",
                3L));
    assertThat(fields(sink.span("ask"))).isEqualTo(Map.of("type", "generation"));
  }

  @Test
  void makeCurrent_isInsideTheObservationAndRestoresAfterwards() {
    ModelCall call = ModelCall.start(langfuse, "ask", GENERATION);
    try (Scope scope = call.makeCurrent()) {
      langfuse.startObservation("http").end();
    }
    assertThat(Span.current()).isSameAs(Span.getInvalid());
    call.succeed();

    sent();
    assertThat(sink.span("http").parentSpanId()).isEqualTo(sink.span("ask").spanId());
  }

  @Test
  void follow_whoeverWaits_findsTheCallEnded() throws Exception {
    ModelCall call = ModelCall.start(langfuse, "ask", GENERATION);
    CompletableFuture<String> source = new CompletableFuture<>();
    CompletableFuture<String> followed =
        call.follow(
            source,
            value -> {
              call.succeed(r -> r.output(value));
              return value;
            },
            call::fail);
    CompletableFuture<Boolean> activeThen = followed.thenApply(value -> call.isActive());

    source.complete("answer");

    assertThat(activeThen.get()).isFalse();
    assertThat(followed.get()).isEqualTo("answer");
    assertThat(theSpan().observation("output")).isEqualTo("answer");
  }

  @Test
  @Requirement("R6")
  void follow_failure_isTheVerySame() {
    ModelCall call = ModelCall.start(langfuse, "ask", GENERATION);
    IOException failure = new IOException("reset");
    CompletableFuture<String> source = new CompletableFuture<>();
    CompletableFuture<String> followed = call.follow(source.thenApply(v -> v), v -> v, call::fail);

    source.completeExceptionally(failure);

    assertThat(catchThrowable(followed::get))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isSameAs(failure);
    assertThat(theSpan().observation("status_message")).isEqualTo("reset");
  }

  @Test
  void follow_cancelled_cancelsTheCall() {
    ModelCall call = ModelCall.start(langfuse, "ask", GENERATION);
    CompletableFuture<String> source = new CompletableFuture<>();
    CompletableFuture<String> followed = call.follow(source, v -> v, call::fail);

    assertThat(followed.cancel(true)).isTrue();

    assertThat(source).isCancelled();
    assertThat(followed).isCancelled();
    assertThat(catchThrowable(followed::join)).isInstanceOf(CancellationException.class);
    assertThat(theSpan().observation("level")).isEqualTo("ERROR");
  }
}
