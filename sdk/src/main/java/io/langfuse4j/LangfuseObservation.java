package io.langfuse4j;

import io.langfuse4j.internal.LangfuseAttributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.ReadableSpan;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One step of a trace: a model call, a tool, a retrieval, or anything else worth seeing. An
 * observation <em>is</em> an OpenTelemetry span; its id is the span id.
 *
 * <p>Setters may be called any number of times until the end: they accumulate, a later value of one
 * field replaces the earlier, and null leaves it as it is. Values of any type are accepted: a
 * string is recorded as it is, everything else as JSON, at the moment of the call. Nothing here
 * throws, and calls after the end change nothing.
 *
 * <p>An observation made by {@code startObservation} is never current, must be ended, and may
 * travel between threads. One made by {@code startActiveObservation} is current from its start to
 * its {@link #close()}, which must happen on the same thread. All methods are thread-safe.
 *
 * @param <O> the observation type itself, for chaining
 */
public abstract sealed class LangfuseObservation<O extends LangfuseObservation<O>>
    implements AutoCloseable
    permits LangfuseModelCall,
        LangfuseSpan,
        LangfuseEvent,
        LangfuseAgent,
        LangfuseTool,
        LangfuseChain,
        LangfuseRetriever,
        LangfuseEvaluator,
        LangfuseGuardrail {

  final Started started;
  private @Nullable ActiveScope activeScope;

  /** Asking the span takes its lock, and every setter asks. */
  private volatile boolean ended;

  LangfuseObservation(Started started) {
    this.started = started;
  }

  /** This object, typed. */
  abstract O self();

  /** What it is; see {@link ObservationType}. */
  public abstract ObservationType<O> type();

  /** The observation id: 16 lower-case hexadecimal characters, zeros if tracing is off. */
  public final String id() {
    return span().getSpanContext().getSpanId();
  }

  /** The trace id: 32 lower-case hexadecimal characters, zeros if tracing is off. */
  public final String traceId() {
    return span().getSpanContext().getTraceId();
  }

  /** Address of the trace in the Langfuse user interface; null if tracing is off. */
  public final @Nullable String traceUrl() {
    return started.tracing().traceUrl(traceId());
  }

  /** The OpenTelemetry span behind this observation, for what this class does not offer. */
  public final Span span() {
    return started.span();
  }

  /** Renames the observation. Null or empty leaves the name. */
  public final O name(@Nullable String name) {
    if (name != null && !name.isEmpty()) {
      span().updateName(name);
    }
    return self();
  }

  /** What the step works on. Not recorded while content capture is off. */
  public final O input(@Nullable Object value) {
    return content(LangfuseAttributes.OBSERVATION_INPUT, value);
  }

  /** What came out. Not recorded while content capture is off. */
  public final O output(@Nullable Object value) {
    return content(LangfuseAttributes.OBSERVATION_OUTPUT, value);
  }

  /**
   * Adds one entry to the metadata of this observation only; {@link Langfuse#propagateAttributes}
   * sets metadata of the whole trace.
   */
  public final O metadata(String key, @Nullable Object value) {
    if (value != null && isRecording()) {
      started.tracing().setMetadata(span(), key, value);
    }
    return self();
  }

  /** Adds each entry to the metadata; keys that are there already are replaced. */
  public final O metadata(@Nullable Map<String, ?> metadata) {
    if (metadata != null && isRecording()) {
      started.tracing().setMetadata(span(), metadata);
    }
    return self();
  }

  /** {@link Level#ERROR} also sets the OpenTelemetry status; a later level does not clear it. */
  public final O level(@Nullable Level level) {
    if (level != null) {
      set(LangfuseAttributes.OBSERVATION_LEVEL, level.name());
      if (level == Level.ERROR) {
        String message = get(LangfuseAttributes.OBSERVATION_STATUS_MESSAGE);
        span().setStatus(StatusCode.ERROR, message == null ? "" : message);
      }
    }
    return self();
  }

  /**
   * Explains the level, for example an error message; of an error, the OpenTelemetry status too.
   */
  public final O statusMessage(@Nullable String message) {
    if (message != null && Level.ERROR.name().equals(get(LangfuseAttributes.OBSERVATION_LEVEL))) {
      span().setStatus(StatusCode.ERROR, message);
    }
    return set(LangfuseAttributes.OBSERVATION_STATUS_MESSAGE, message);
  }

  /** Version of what this step runs; on this observation it replaces a propagated version. */
  public final O version(@Nullable String version) {
    return set(LangfuseAttributes.VERSION, version);
  }

  /**
   * Records that the step failed: level ERROR, the message (or the class name) as status message,
   * the OpenTelemetry status, and an exception event with the stack trace. Does not end the
   * observation and does not throw.
   */
  public final O fail(@Nullable Throwable thrown) {
    if (thrown != null && isRecording()) {
      started.tracing().recordFailure(span(), thrown);
    }
    return self();
  }

  /** Applies several setters, for example ones that somebody else provides. */
  public final O update(Consumer<? super O> changes) {
    changes.accept(self());
    return self();
  }

  /**
   * Sets input and output of the whole trace, which otherwise mirror the root observation.
   *
   * @deprecated exists for evaluators that read the trace; set them on the root observation
   *     instead.
   */
  @Deprecated(since = "0.1")
  public final O setTraceIO(@Nullable Object input, @Nullable Object output) {
    content(LangfuseAttributes.TRACE_INPUT, input);
    return content(LangfuseAttributes.TRACE_OUTPUT, output);
  }

  /** Lets anybody with the link see the trace. */
  public final O setTraceAsPublic() {
    if (isRecording()) {
      span().setAttribute(LangfuseAttributes.TRACE_PUBLIC, true);
    }
    return self();
  }

  /**
   * Scores this observation with a number. Scores may also be given after the end, and are sent if
   * the trace is.
   *
   * @throws IllegalArgumentException if the name is empty or the number not finite
   */
  public final O score(String name, double value) {
    return scored(false, score -> score.name(name).value(value));
  }

  /** Scores this observation with yes or no. */
  public final O score(String name, boolean value) {
    return scored(false, score -> score.name(name).value(value));
  }

  /** Scores this observation with a category. */
  public final O score(String name, String value) {
    return scored(false, score -> score.name(name).value(value));
  }

  /** Scores this observation, for example with a comment. */
  public final O score(Consumer<? super Score> score) {
    return scored(false, score);
  }

  /** Scores the whole trace with a number; see {@link #score(String, double)}. */
  public final O scoreTrace(String name, double value) {
    return scored(true, score -> score.name(name).value(value));
  }

  /** Scores the whole trace with yes or no. */
  public final O scoreTrace(String name, boolean value) {
    return scored(true, score -> score.name(name).value(value));
  }

  /** Scores the whole trace with a category. */
  public final O scoreTrace(String name, String value) {
    return scored(true, score -> score.name(name).value(value));
  }

  /** Scores the whole trace, for example with a comment. */
  public final O scoreTrace(Consumer<? super Score> score) {
    return scored(true, score);
  }

  private O scored(boolean wholeTrace, Consumer<? super Score> score) {
    Score made = new Score();
    score.accept(made);
    made.traceId(traceId());
    if (!wholeTrace) {
      made.observationId(id());
    }
    started
        .tracing()
        .score(made, span().getSpanContext().isSampled(), get(LangfuseAttributes.ENVIRONMENT));
    return self();
  }

  /** Ends the observation now. A second end changes nothing. */
  public final O end() {
    return end(null);
  }

  /**
   * Ends the observation at the given time.
   *
   * @param time null means now
   */
  public final O end(@Nullable Instant time) {
    endSpan(time);
    ended = true;
    return self();
  }

  void endSpan(@Nullable Instant time) {
    if (time == null) {
      span().end();
    } else {
      span().end(toNanos(time), TimeUnit.NANOSECONDS);
    }
  }

  /** Makes what was current before current again, and ends the observation. */
  @Override
  public final void close() {
    deactivate();
    end();
  }

  /**
   * Makes this observation current again, in the context it was started in, for example on another
   * thread. Closing the scope, on the same thread, does not end the observation.
   */
  public final Scope makeCurrent() {
    return started.tracing().makeCurrent(this);
  }

  /** Starts a child span that is not current. */
  public final LangfuseSpan startObservation(String name) {
    return startObservation(name, ObservationType.SPAN);
  }

  /** Starts a child that is not current and must be ended. */
  public final <C extends LangfuseObservation<C>> C startObservation(
      String name, ObservationType<C> type) {
    return started.tracing().start(name, type, childOptions());
  }

  /**
   * As {@link #startObservation(String, ObservationType)}, with a start time; a parent in the
   * options is not asked for.
   */
  public final <C extends LangfuseObservation<C>> C startObservation(
      String name, ObservationType<C> type, Consumer<StartOptions> options) {
    return started.tracing().start(name, type, childOptions(options));
  }

  /** Starts a child span and makes it current until it is closed. */
  public final LangfuseSpan startActiveObservation(String name) {
    return startActiveObservation(name, ObservationType.SPAN);
  }

  /** Starts a child and makes it current until it is closed, on the same thread. */
  public final <C extends LangfuseObservation<C>> C startActiveObservation(
      String name, ObservationType<C> type) {
    return started.tracing().startActive(name, type, childOptions());
  }

  /** As {@link #startActiveObservation(String, ObservationType)}, with a start time. */
  public final <C extends LangfuseObservation<C>> C startActiveObservation(
      String name, ObservationType<C> type, Consumer<StartOptions> options) {
    return started.tracing().startActive(name, type, childOptions(options));
  }

  /** Runs {@code body} inside a child span; see {@link Langfuse#observe}. */
  public final <T extends @Nullable Object, X extends Exception> T observe(
      String name, ObservationFunction<LangfuseSpan, T, X> body) throws X {
    return observe(name, ObservationType.SPAN, body);
  }

  /** Runs {@code body} inside a child; see {@link Langfuse#observe}. */
  public final <C extends LangfuseObservation<C>, T extends @Nullable Object, X extends Exception>
      T observe(String name, ObservationType<C> type, ObservationFunction<C, T, X> body) throws X {
    return Bodies.call(startActiveObservation(name, type), body);
  }

  /** Runs {@code body} inside a child span; see {@link Langfuse#run}. */
  public final <X extends Exception> void run(String name, ObservationTask<LangfuseSpan, X> body)
      throws X {
    run(name, ObservationType.SPAN, body);
  }

  /** Runs {@code body} inside a child; see {@link Langfuse#run}. */
  public final <C extends LangfuseObservation<C>, X extends Exception> void run(
      String name, ObservationType<C> type, ObservationTask<C, X> body) throws X {
    Bodies.run(startActiveObservation(name, type), body);
  }

  /** Runs asynchronous {@code body} inside a child span; see {@link Langfuse#observeAsync}. */
  public final <T extends @Nullable Object, X extends Exception> CompletionStage<T> observeAsync(
      String name, ObservationFunction<LangfuseSpan, CompletionStage<T>, X> body) throws X {
    return observeAsync(name, ObservationType.SPAN, body);
  }

  /** Runs asynchronous {@code body} inside a child; see {@link Langfuse#observeAsync}. */
  public final <C extends LangfuseObservation<C>, T extends @Nullable Object, X extends Exception>
      CompletionStage<T> observeAsync(
          String name, ObservationType<C> type, ObservationFunction<C, CompletionStage<T>, X> body)
          throws X {
    return Bodies.callAsync(startActiveObservation(name, type), body);
  }

  /** Records a child event with nothing but a name. */
  public final LangfuseEvent createEvent(String name) {
    return createEvent(name, event -> {});
  }

  /** Records a child event: a moment, not a period. It is ended when this returns. */
  public final LangfuseEvent createEvent(String name, Consumer<? super LangfuseEvent> attributes) {
    return startObservation(name, ObservationType.EVENT).update(attributes).end();
  }

  final boolean isRecording() {
    return started.recording() && !ended;
  }

  final O set(AttributeKey<String> key, @Nullable String value) {
    if (value != null && isRecording()) {
      span().setAttribute(key, value);
    }
    return self();
  }

  /** What was set before; null also for spans that cannot be read. */
  private @Nullable String get(AttributeKey<String> key) {
    return span() instanceof ReadableSpan readable ? readable.getAttribute(key) : null;
  }

  final O json(AttributeKey<String> key, @Nullable Object value) {
    if (value != null && isRecording()) {
      started.tracing().setJson(span(), key, value);
    }
    return self();
  }

  private O content(AttributeKey<String> key, @Nullable Object value) {
    if (value != null && isRecording()) {
      started.tracing().setContent(span(), key, value, type());
    }
    return self();
  }

  private @Nullable StartOptions childOptions() {
    return started.tracing().enabled() ? new StartOptions().parent(this) : null;
  }

  private StartOptions childOptions(Consumer<StartOptions> options) {
    StartOptions chosen = new StartOptions();
    options.accept(chosen);
    return chosen.parent(this);
  }

  /** The current context with this observation in it, for children on whatever thread. */
  final Context asParent() {
    return started.tracing().asParent(this);
  }

  final void activate(Scope scope) {
    activeScope = new ActiveScope(scope);
  }

  /** Makes what was current before current again, and lets the observation go on. */
  final void deactivate() {
    ActiveScope active = activeScope;
    if (active != null) {
      active.close();
    }
  }

  /** Epoch nanoseconds; years beyond 2262 become the last moment that fits. */
  static long toNanos(Instant time) {
    long seconds =
        Math.max(0, Math.min(time.getEpochSecond(), Long.MAX_VALUE / 1_000_000_000L - 1));
    return seconds * 1_000_000_000L + time.getNano();
  }
}
