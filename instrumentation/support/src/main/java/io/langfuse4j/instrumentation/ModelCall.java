package io.langfuse4j.instrumentation;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseModelCall;
import io.langfuse4j.LangfuseObservation;
import io.langfuse4j.Level;
import io.langfuse4j.ObservationType;
import io.langfuse4j.internal.json.FieldMap;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model, from its start to its end, as an observation. It ends exactly once,
 * whichever way the call does: answered, failed, cancelled, closed before its end, or forgotten by
 * whoever held the result. What was received until then is recorded.
 *
 * <p>Nothing here throws, not even what the lambdas throw that describe request and response: they
 * read somebody else's objects. A call is inactive, and does nothing, when tracing is off, when the
 * trace is not sampled, and when a layer above already observes this very call.
 *
 * <p>Thread-safe. Must not refer to what the application holds, or that would never be found
 * forgotten.
 */
public final class ModelCall {

  /** The id of the observation of the call that is being made, for layers below. */
  private static final ContextKey<String> IN_CALL = ContextKey.named("langfuse.model-call");

  private static final ModelCall INACTIVE = new ModelCall();

  private final @Nullable LangfuseObservation<?> observation;
  private final Context context;
  private final Map<String, Object> parameters = new FieldMap<>();
  private final AtomicBoolean received = new AtomicBoolean();
  private final AtomicBoolean finished = new AtomicBoolean();
  private volatile Instant lastActivity = Instant.EPOCH;
  private volatile Consumer<ModelResponse> partial = ModelCall::nothing;
  private volatile @Nullable Abandonment watch;

  private ModelCall() {
    this.observation = null;
    this.context = Context.root();
    this.finished.set(true);
  }

  @SuppressWarnings("try") // made current only to learn the context
  private ModelCall(LangfuseObservation<?> observation) {
    this.observation = observation;
    try (Scope current = observation.makeCurrent()) {
      this.context = Context.current().with(IN_CALL, observation.id());
    }
  }

  /** A call that is not observed. */
  public static ModelCall inactive() {
    return INACTIVE;
  }

  /** {@link #start(Langfuse, String, ObservationType, ModelCallOptions)} without defaults. */
  public static ModelCall start(Langfuse langfuse, String name, ObservationType<?> type) {
    return start(langfuse, name, type, new ModelCallOptions());
  }

  /**
   * Starts the observation of a call, below the current one. The options in the current context
   * apply.
   *
   * @param name used unless the options have one
   * @param defaults options used where the context says nothing
   */
  public static ModelCall start(
      Langfuse langfuse, String name, ObservationType<?> type, ModelCallOptions defaults) {
    return start(() -> langfuse, name, type, defaults);
  }

  /** As the other, with a client that is found when it is needed, or fails to be. */
  public static ModelCall start(
      Supplier<Langfuse> client, String name, ObservationType<?> type, ModelCallOptions defaults) {
    try {
      Langfuse langfuse = client.get();
      if (!langfuse.isEnabled()
          || isObserved(langfuse)
          || NativeCalls.isCurrent()
          || AnnouncedCalls.isStarting()) {
        return INACTIVE;
      }
      ModelCallOptions options = defaults.withCurrent();
      String chosen = options.name();
      LangfuseObservation<?> observation = open(langfuse, chosen == null ? name : chosen, type);
      ModelCall call = new ModelCall(observation);
      call.apply(options);
      return call;
    } catch (RuntimeException | LinkageError e) {
      Guard.report("start", e);
      return INACTIVE;
    }
  }

  private static <O extends LangfuseObservation<O>> O open(
      Langfuse langfuse, String name, ObservationType<O> type) {
    return langfuse.startObservation(name, type);
  }

  /**
   * Whether a layer above observes the call that is being made now. An observation that was started
   * since, a tool for example, makes further calls new ones.
   */
  private static boolean isObserved(Langfuse langfuse) {
    String id = Context.current().get(IN_CALL);
    return id != null
        && (id.equals(langfuse.currentObservationId())
            || id.equals(Span.current().getSpanContext().getSpanId()));
  }

  /**
   * The current context, marked so that layers below do not observe the call again. For layers that
   * make their observation otherwise than by {@link #start}, with that observation's id; it must be
   * current while the call is made.
   */
  public static Context markObserved(String observationId) {
    return Context.current().with(IN_CALL, observationId);
  }

  /**
   * Says that {@code framework}, the beginning of its packages' names, is about to make this call
   * on the current thread without making it current. A layer below that is called by the
   * framework's own code then does not observe it again.
   */
  public void announce(String framework) {
    if (isActive()) {
      AnnouncedCalls.announce(this, framework);
    }
  }

  /**
   * The current context, for calls that are observed on another thread than the one that makes
   * them: marked as by {@link #markObserved} where a framework that is calling records the call.
   */
  public static Context contextOfCaller() {
    return NativeCalls.isCurrent()
        ? markObserved(Span.current().getSpanContext().getSpanId())
        : Context.current();
  }

  private void apply(ModelCallOptions options) {
    LangfuseObservation<?> started = observation;
    if (started != null) {
      started.metadata(options.metadata());
      if (started instanceof LangfuseModelCall<?> modelCall) {
        modelCall.prompt(options.promptName(), options.promptVersion());
      }
    }
  }

  /** False if nothing needs to be described or followed. */
  public boolean isActive() {
    return !finished.get();
  }

  /** False if what is said of the call is not recorded, because the trace is not sampled. */
  boolean isRecording() {
    return observation != null && observation.span().isRecording();
  }

  /** Makes the observation current while the call is made or its answer is read. */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  public Scope makeCurrent() {
    return observation == null ? Scope.noop() : context.makeCurrent();
  }

  /** Describes the request. */
  public void request(Consumer<? super ModelRequest> description) {
    LangfuseObservation<?> described = observation;
    if (described == null || !described.span().isRecording()) {
      return;
    }
    Guard.run("request", () -> description.accept(new ModelRequest(described, parameters)));
    if (!parameters.isEmpty() && described instanceof LangfuseModelCall<?> modelCall) {
      Guard.run("parameters", () -> modelCall.modelParameters(parameters));
    }
  }

  /**
   * Says how to describe what was received so far, for ends that come without a response. May be
   * called on any thread, once.
   */
  public void partialResponse(Consumer<ModelResponse> description) {
    partial = description;
  }

  /** Takes note that a part of the answer arrived; the first one is the time to first token. */
  public void received() {
    if (finished.get()) {
      return;
    }
    Instant now = Instant.now();
    lastActivity = now;
    if (received.compareAndSet(false, true)
        && observation instanceof LangfuseModelCall<?> modelCall) {
      modelCall.completionStartTime(now);
    }
  }

  /** Ends with what was received. */
  public void succeed() {
    succeed(partial);
  }

  /** Ends with this response. */
  public void succeed(Consumer<? super ModelResponse> response) {
    finish(response, null, observed -> {});
  }

  /** Ends as failed, with what was received until then. */
  public void fail(Throwable thrown) {
    fail(thrown, ModelCall::nothing);
  }

  /** Ends as failed, with what was received and what {@code details} add. */
  public void fail(Throwable thrown, Consumer<? super ModelResponse> details) {
    Throwable cause = unwrapped(thrown);
    finish(
        response -> {
          partial.accept(response);
          details.accept(response);
        },
        null,
        observed -> recordFailure(observed, cause));
  }

  /** A call that failed before anything came back costs nothing; else the server would estimate. */
  private void recordFailure(LangfuseObservation<?> observed, Throwable cause) {
    observed.fail(cause);
    if (!received.get() && observed instanceof LangfuseModelCall<?> modelCall) {
      modelCall.cost(Map.of("input", 0, "output", 0, "total", 0));
    }
  }

  /** Ends because the application wants no more of the answer, with what was received. */
  public void closeEarly() {
    finish(partial, null, observed -> observed.statusMessage("Closed before the end."));
  }

  /** Ends when it was last active: nobody holds the result any more. */
  void abandon() {
    Instant last = lastActivity;
    finish(
        partial,
        last.equals(Instant.EPOCH) ? null : last,
        observed ->
            observed
                .level(Level.WARNING)
                .statusMessage(
                    "Never read to its end and never closed: it may leak a connection."));
  }

  private void finish(
      Consumer<? super ModelResponse> description,
      @Nullable Instant end,
      Consumer<LangfuseObservation<?>> outcome) {
    LangfuseObservation<?> ended = observation;
    if (ended == null || !finished.compareAndSet(false, true)) {
      return;
    }
    Abandonment watched = watch;
    if (watched != null) {
      watched.forget();
    }
    if (ended.span().isRecording()) {
      // The outcome first: what the response says of an error is more than the exception knows.
      Guard.run("outcome", () -> outcome.accept(ended));
      ModelResponse response = new ModelResponse(ended, parameters);
      Guard.run("response", () -> description.accept(response));
      Guard.run("response", response::finish);
    }
    ended.end(end);
  }

  /** Ends the call if {@code held}, which the application holds, becomes unreachable. */
  public void watch(Object held) {
    if (!isActive()) {
      return;
    }
    Abandonment before = watch;
    Abandonment now = Abandonment.of(held, this);
    watch = now;
    if (before != null) {
      before.forget();
    }
    if (finished.get()) {
      now.forget();
    }
  }

  /**
   * Follows a call whose answer comes later. Whoever waits for the future that is returned finds
   * the call ended. Cancelling it cancels {@code source}.
   *
   * @param answer ends the call with the answer, or hands it to what will, and returns what the
   *     application gets
   * @param failure ends the call as failed
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the derived stage has no other use
  public <T, R> CompletableFuture<R> follow(
      CompletableFuture<T> source, Function<T, R> answer, Consumer<Throwable> failure) {
    FollowedFuture<R> followed = new FollowedFuture<>(source);
    watch(source);
    source.whenComplete(
        (value, thrown) -> {
          try {
            if (thrown == null) {
              followed.complete(answer.apply(value));
            } else {
              failure.accept(unwrapped(thrown));
            }
          } catch (Throwable t) {
            followed.completeExceptionally(t);
          } finally {
            if (thrown != null) {
              followed.completeExceptionally(thrown);
            }
          }
        });
    return followed;
  }

  private static void nothing(ModelResponse response) {}

  /** What a future's exception wraps, or the exception itself. */
  public static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return thrown instanceof CompletionException && cause != null ? cause : thrown;
  }
}
