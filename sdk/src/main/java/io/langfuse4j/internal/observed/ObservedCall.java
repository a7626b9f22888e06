package io.langfuse4j.internal.observed;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseObservation;
import io.langfuse4j.ObservationType;
import io.langfuse4j.TraceContext;
import io.langfuse4j.internal.Warnings;
import io.langfuse4j.internal.result.OpenObservation;
import io.langfuse4j.internal.result.Results;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An observed call between its beginning and its end. {@link #returned} or {@link #threw} must
 * follow, exactly once, on the thread that began it. Nothing here throws on our account.
 */
public final class ObservedCall {

  private static final Warnings warnings = new Warnings(Logger.getLogger("io.langfuse4j"));
  private static final ContextKey<ObservedCall> KEY = ContextKey.named("langfuse.call");

  private final Langfuse langfuse;
  private final CallOptions options;
  private final LangfuseObservation<?> observation;
  private final Scope scope;
  private final @Nullable MethodObserver method;
  private final @Nullable WayIn way;
  private final AtomicInteger others = new AtomicInteger();
  private @Nullable SuspendedCall suspended;

  @SuppressWarnings("MustBeClosedChecker") // closed by returned or threw
  private ObservedCall(
      Langfuse langfuse,
      CallOptions options,
      LangfuseObservation<?> observation,
      @Nullable MethodObserver method,
      @Nullable WayIn way) {
    this.langfuse = langfuse;
    this.options = options;
    this.observation = observation;
    this.method = method;
    this.way = way;
    Scope current = observation.makeCurrent();
    this.scope = method == null ? current : marked(current);
  }

  /** Lets another way in that meets the same call find out that it is observed already. */
  @SuppressWarnings("MustBeClosedChecker")
  private Scope marked(Scope current) {
    Scope marker = Context.current().with(KEY, this).makeCurrent();
    return () -> {
      marker.close();
      current.close();
    };
  }

  /** Begins the call of a function; null if tracing is off. */
  public static @Nullable ObservedCall begin(Langfuse langfuse, CallOptions options) {
    return langfuse.isEnabled() ? begin(langfuse, options, null, null, null) : null;
  }

  static @Nullable ObservedCall begin(
      Langfuse langfuse,
      CallOptions options,
      @Nullable TraceContext join,
      @Nullable MethodObserver method,
      @Nullable WayIn way) {
    try {
      LangfuseObservation<?> observation = start(langfuse, options.name(), options.type(), join);
      return new ObservedCall(langfuse, options, observation, method, way);
    } catch (RuntimeException e) {
      warnings.once("begin", "A call could not be observed: " + options.label(), e);
      return null;
    }
  }

  private static <O extends LangfuseObservation<O>> O start(
      Langfuse langfuse, String name, ObservationType<O> type, @Nullable TraceContext join) {
    return join == null
        ? langfuse.startObservation(name, type)
        : langfuse.startObservation(name, type, start -> start.parent(join));
  }

  /** Whether the current call is this one, begun by another way in and not yet met by this one. */
  static boolean isObservedAlready(MethodObserver method, WayIn way) {
    ObservedCall current = Context.current().get(KEY);
    return current != null
        && current.method == method
        && current.way != way
        && current.isFirstMeeting(way);
  }

  /** The second one is a call that the method makes of itself. */
  private boolean isFirstMeeting(WayIn way) {
    return (others.getAndUpdate(met -> met | way.bit) & way.bit) == 0;
  }

  /** False if looking at the arguments would be wasted. */
  public boolean capturesInput() {
    return orDefault(options.captureInput()) && observation.span().isRecording();
  }

  private boolean capturesOutput() {
    return orDefault(options.captureOutput()) && observation.span().isRecording();
  }

  private boolean orDefault(@Nullable Boolean said) {
    return said == null ? langfuse.observeIoCapture() : said;
  }

  /** Records the input now, so that what the call does to its arguments is not seen. */
  public void input(@Nullable Object input) {
    observation.input(input);
  }

  /**
   * Records the result and ends the observation, or keeps it open until the result is there.
   *
   * @return what the caller must get: {@code result}, or an equivalent that reports its progress
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // fits the declared type; null for null
  public <R extends @Nullable Object> R returned(R result) {
    return (R) returnedObject(result);
  }

  /** As {@link #returned}, for callers that do not know the type. */
  public @Nullable Object returnedObject(@Nullable Object result) {
    if (suspended != null) {
      return returnedOrSuspended(suspended, result);
    }
    if (result == null) {
      returnedNothing();
      return null;
    }
    scope.close();
    if (!Results.isPlain(result)) {
      return stillOpen(result, options, open());
    }
    if (capturesOutput()) {
      observation.output(result);
    }
    observation.end();
    return result;
  }

  /** Ends the observation of a call without a result. */
  public void returnedNothing() {
    scope.close();
    observation.end();
  }

  /** The end comes with the continuation, unless the function got by without waiting. */
  private @Nullable Object returnedOrSuspended(SuspendedCall call, @Nullable Object result) {
    scope.close();
    return call.isSuspended(result) ? result : call.returned(result);
  }

  /**
   * Leaves a call whose function has not run yet, because a framework returns something of its own
   * that runs it later. Instead of {@link #returned}; the end must be reported to what is returned.
   *
   * @return null, and nothing done, if the function is not one that may return before it is done
   */
  public @Nullable SuspendedCall leave() {
    if (suspended != null) {
      scope.close();
    }
    return suspended;
  }

  /**
   * Prepares for a function that may return before it is done.
   *
   * @param outside what is current where the call comes from
   */
  SuspendedCall suspendable(SuspendingCalls how, Context outside) {
    SuspendedCall call = new SuspendedCall(open(), options, how, Context.current(), outside);
    suspended = call;
    return call;
  }

  private OpenObservation open() {
    return new OpenObservation(
        observation,
        capturesOutput(),
        options.transform(),
        () -> start(langfuse, options.name(), options.type(), null));
  }

  static Object stillOpen(Object result, CallOptions options, OpenObservation open) {
    try {
      return Results.observe(result, options.returnType(), open, options.label());
    } catch (RuntimeException | LinkageError e) {
      warnings.once("result " + options.label(), "A result could not be observed", e);
      open.complete();
      return result;
    }
  }

  /**
   * Records the failure and ends the observation.
   *
   * @return never; throws {@code thrown} itself, checked or not
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws what was thrown
  public <X extends Throwable> X threw(Throwable thrown) throws X {
    failed(thrown);
    throw (X) thrown;
  }

  /** Records the failure and ends the observation, for callers that throw on themselves. */
  public void failed(Throwable thrown) {
    scope.close();
    observation.fail(thrown).end();
  }
}
