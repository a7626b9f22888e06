package io.langfuse4j;

import static io.langfuse4j.ObservationType.GENERATION;
import static io.langfuse4j.ObservationType.TOOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.trace.Span;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** {@code observeAsync}: current while the work starts, ended when it is over. */
class AsyncTest extends ClientTest {

  @Test
  @Requirement({"R26", "R40"})
  void observeAsync_completesLaterOnAnotherThread_spansTheWork() throws Exception {
    CompletableFuture<String> work = new CompletableFuture<>();
    LangfuseGeneration[] seen = new LangfuseGeneration[1];

    CompletionStage<String> result =
        langfuse.observeAsync(
            "call",
            GENERATION,
            generation -> {
              seen[0] = generation.model("m");
              assertThat(Span.current()).isSameAs(generation.span());
              langfuse.startObservation("child").end();
              return work;
            });
    assertThat(Span.current()).isSameAs(Span.getInvalid());
    flush();
    assertThat(sink.names()).containsExactly("child");

    CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              seen[0].output("later");
              work.complete("later");
            });
    assertThat(result.toCompletableFuture().get()).isEqualTo("later");

    RecordedSpan span = sent("call");
    assertThat(span.attributes())
        .isEqualTo(root("generation", "model.name", "m", "output", "later"));
    assertThat(span.endNanos() - span.startNanos()).isGreaterThan(40_000_000);
    assertThat(sink.span("child").parentSpanId()).isEqualTo(span.spanId());
  }

  @Test
  void observeAsync_inATraceGivenById_joinsItAndHasChildren() throws Exception {
    String traceId = Langfuse.createTraceId("ticket");
    String result =
        langfuse
            .observeAsync(
                "call",
                GENERATION,
                o -> o.parent(TraceContext.of(traceId, "fedcba0987654321")),
                generation ->
                    generation.observeAsync(
                        "step", step -> CompletableFuture.completedFuture("done")))
            .toCompletableFuture()
            .get();
    langfuse.run("tool", TOOL, o -> o.parent(TraceContext.of(traceId)), tool -> tool.output("ran"));

    assertThat(result).isEqualTo("done");
    RecordedSpan call = sent("call");
    assertThat(call.traceId()).isEqualTo(traceId);
    assertThat(call.parentSpanId()).isEqualTo("fedcba0987654321");
    assertThat(sink.span("step").parentSpanId()).isEqualTo(call.spanId());
    assertThat(sink.span("tool").traceId()).isEqualTo(traceId);
  }

  @Test
  @Requirement("R26")
  void observeAsync_whoeverWaits_seesTheObservationEnded() {
    CompletableFuture<String> work = new CompletableFuture<>();
    AtomicBoolean recordingWhenDone = new AtomicBoolean(true);
    LangfuseSpan[] seen = new LangfuseSpan[1];
    CompletionStage<String> result =
        langfuse.observeAsync(
            "call",
            span -> {
              seen[0] = span;
              return work;
            });
    result.whenComplete((r, t) -> recordingWhenDone.set(seen[0].span().isRecording()));

    work.complete("x");

    assertThat(recordingWhenDone).isFalse();
  }

  @Test
  @Requirement("R28")
  void observeAsync_completesExceptionally_isAnErrorAndFailsWithTheSame() {
    IOException failure = new IOException("reset");
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletionStage<String> result = langfuse.observeAsync("call", GENERATION, g -> work);

    work.completeExceptionally(failure);

    Throwable thrown = catchThrowable(() -> result.toCompletableFuture().get());
    assertThat(thrown).isInstanceOf(ExecutionException.class).hasCause(failure);
    RecordedSpan span = sent("call");
    assertThat(span.attributes())
        .isEqualTo(root("generation", "level", "ERROR", "status_message", "reset"));
    assertThat(span.statusCode()).isEqualTo(2);
    assertThat(span.events()).extracting(RecordedSpan.Event::name).containsExactly("exception");
  }

  @Test
  @Requirement("R28")
  void observeAsync_failureWrappedByAStage_isRecordedUnwrapped() {
    CompletableFuture<String> work =
        CompletableFuture.<String>failedFuture(new IllegalStateException("inner"))
            .thenApply(s -> s);
    CompletionStage<String> result = langfuse.observeAsync("call", GENERATION, g -> work);

    assertThat(catchThrowable(() -> result.toCompletableFuture().join()))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    RecordedSpan span = sent("call");
    assertThat(span.observation("status_message")).isEqualTo("inner");
    assertThat(span.events().get(0).attributes())
        .containsEntry("exception.type", "java.lang.IllegalStateException");
  }

  @Test
  @Requirement("R28")
  void observeAsync_resultCancelled_cancelsTheWorkAndIsAnError() {
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletionStage<String> result = langfuse.observeAsync("call", GENERATION, g -> work);

    assertThat(result.toCompletableFuture().cancel(true)).isTrue();

    assertThat(work).isCancelled();
    assertThat(result.toCompletableFuture()).isCancelled();
    assertThat(sent("call").observation("level")).isEqualTo("ERROR");
  }

  @Test
  @Requirement({"R26", "R28"})
  void observeAsync_resultCancelled_whoeverWaitsSeesTheObservationEnded() {
    LangfuseSpan[] seen = new LangfuseSpan[1];
    AtomicBoolean recordingWhenDone = new AtomicBoolean(true);
    CompletableFuture<String> result =
        langfuse
            .<String, RuntimeException>observeAsync(
                "call",
                span -> {
                  seen[0] = span;
                  return new CompletableFuture<>();
                })
            .toCompletableFuture();
    result.whenComplete((r, t) -> recordingWhenDone.set(seen[0].span().isRecording()));

    result.cancel(false);

    assertThat(recordingWhenDone).isFalse();
  }

  @Test
  @Requirement("R28")
  void observeAsync_workCancelled_cancelsTheResult() {
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletionStage<String> result = langfuse.observeAsync("call", GENERATION, g -> work);

    work.cancel(true);

    assertThat(result.toCompletableFuture()).isCancelled();
    assertThat(catchThrowable(() -> result.toCompletableFuture().get()))
        .isInstanceOf(CancellationException.class);
    assertThat(sent("call").observation("status_message"))
        .isEqualTo("java.util.concurrent.CancellationException");
  }

  @Test
  @Requirement("R28")
  void observeAsync_bodyThrowsAtOnce_isAnErrorAndRethrows() {
    IOException failure = new IOException("refused");

    Throwable thrown =
        catchThrowable(
            () ->
                langfuse.observeAsync(
                    "call",
                    GENERATION,
                    g -> {
                      throw failure;
                    }));

    assertThat(thrown).isSameAs(failure);
    assertThat(Span.current()).isSameAs(Span.getInvalid());
    assertThat(sent("call").attributes())
        .isEqualTo(root("generation", "level", "ERROR", "status_message", "refused"));
  }

  @Test
  @Requirement("R26")
  void observeAsync_nullStage_endsAndReturnsNull() {
    CompletionStage<String> result = langfuse.observeAsync("call", g -> null);

    assertThat(result).isNull();
    assertThat(sent("call").attributes()).isEqualTo(root("span"));
  }

  @Test
  @Requirement("R26")
  void observeAsync_alreadyComplete_endsBeforeItReturns() {
    CompletionStage<Integer> result =
        langfuse.observeAsync("call", g -> CompletableFuture.completedFuture(7));

    assertThat(result.toCompletableFuture().getNow(0)).isEqualTo(7);
    assertThat(sent("call").attributes()).isEqualTo(root("span"));
  }

  @Test
  @Requirement("R26")
  void observeAsync_bodyEndsTheObservation_resultStillCompletes() {
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletionStage<String> result =
        langfuse.observeAsync(
            "call",
            span -> {
              span.output("early").end();
              return work;
            });

    work.completeExceptionally(new IOException("late"));

    assertThat(result.toCompletableFuture()).isCompletedExceptionally();
    assertThat(sent("call").attributes()).isEqualTo(root("span", "output", "early"));
  }
}
