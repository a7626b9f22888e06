package io.langfuse4j.internal.result;

import io.langfuse4j.LangfuseModelCall;
import io.langfuse4j.LangfuseObservation;
import io.langfuse4j.OutputTransform;
import io.langfuse4j.internal.LangfuseAttributes;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.ReadableSpan;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The observation of a call that has returned while its result is still being produced. It is
 * finished exactly once, by whatever comes first: completion, failure, cancellation, or that nobody
 * can reach the result any more.
 *
 * <p>Thread-safe. Must not refer to the object that the caller holds, or it would never be found
 * abandoned.
 */
public final class OpenObservation {

  private final LangfuseObservation<?> observation;
  private final Context context;
  private final @Nullable CollectedItems items;
  private final @Nullable OutputTransform transform;
  private final Supplier<LangfuseObservation<?>> restart;
  private final AtomicBoolean finished = new AtomicBoolean();
  private final AtomicBoolean consumed = new AtomicBoolean();
  private final AtomicBoolean anyItem = new AtomicBoolean();
  private volatile Instant lastActivity = Instant.now();
  private volatile @Nullable Abandonment watch;
  private volatile @Nullable Runnable afterEnd;
  private volatile @Nullable Thread ending;

  /**
   * Keeps {@code observation} open.
   *
   * @param restart starts another observation of the same kind, for results that can be consumed
   *     more than once
   */
  @SuppressWarnings("try") // made current only to learn the context
  public OpenObservation(
      LangfuseObservation<?> observation,
      boolean capturesOutput,
      @Nullable OutputTransform transform,
      Supplier<LangfuseObservation<?>> restart) {
    this.observation = observation;
    this.items = capturesOutput ? new CollectedItems() : null;
    this.transform = transform;
    this.restart = restart;
    try (Scope current = observation.makeCurrent()) {
      this.context = Context.current();
    }
  }

  /**
   * This observation the first time, afterwards another one with the same input: each consumption
   * of a result that can be consumed again is observed by itself.
   */
  public OpenObservation forConsumption() {
    if (consumed.compareAndSet(false, true)) {
      return this;
    }
    LangfuseObservation<?> another = restart.get();
    if (observation.span() instanceof ReadableSpan first && another.span().isRecording()) {
      String input = first.getAttribute(LangfuseAttributes.OBSERVATION_INPUT);
      if (input != null) {
        another.span().setAttribute(LangfuseAttributes.OBSERVATION_INPUT, input);
      }
    }
    OpenObservation open = new OpenObservation(another, items != null, transform, restart);
    open.consumed.set(true);
    return open;
  }

  /** Makes the observation current while the result is worked on. */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  public Scope makeCurrent() {
    return context.makeCurrent();
  }

  /** Takes note of an item of the result. */
  public void item(@Nullable Object item) {
    if (isActive() && items != null && item != null) {
      items.add(item);
    }
  }

  /** Takes note of a piece of text. */
  void bytes(byte[] buffer, int offset, int length) {
    if (isActive() && items != null) {
      items.addBytes(buffer, offset, length);
    }
  }

  private boolean isActive() {
    lastActivity = Instant.now();
    if (finished.get()) {
      return false;
    }
    if (anyItem.compareAndSet(false, true)) {
      firstItem();
    }
    return true;
  }

  private void firstItem() {
    if (observation instanceof LangfuseModelCall<?> modelCall) {
      modelCall.completionStartTime(lastActivity);
    }
  }

  /** Whether this thread is just ending the observation. */
  boolean isEndingHere() {
    return ending == Thread.currentThread();
  }

  /** Runs {@code action} when the observation has ended; at most one, before it can end. */
  void afterEnd(Runnable action) {
    afterEnd = action;
  }

  /** Ends the observation with what was collected. */
  public void complete() {
    if (finish()) {
      collect();
      end(null);
    }
  }

  /** Ends the observation with a result that arrived as a whole. */
  public void complete(@Nullable Object output) {
    if (finish()) {
      if (items != null && output != null) {
        observation.output(output);
      }
      end(null);
    }
  }

  /** Ends the observation as failed, with what was collected until then. */
  public void fail(Throwable thrown) {
    if (finish()) {
      collect();
      observation.fail(thrown);
      end(null);
    }
  }

  /** Ends the observation of a result that nobody holds any more, when it was last worked on. */
  void abandoned() {
    if (finish()) {
      collect();
      end(lastActivity);
    }
  }

  private void end(@Nullable Instant time) {
    observation.end(time);
    ending = null;
    Runnable action = afterEnd;
    if (action != null) {
      action.run();
    }
  }

  private void collect() {
    if (items != null) {
      Object output = items.value(transform);
      if (output != null) {
        observation.output(output);
      }
    }
  }

  private boolean finish() {
    if (!finished.compareAndSet(false, true)) {
      return false;
    }
    ending = Thread.currentThread();
    Abandonment watched = watch;
    if (watched != null) {
      watched.forget();
    }
    return true;
  }

  /** Ends the observation if {@code result} becomes unreachable. Replaces what was watched. */
  public void watch(Object result) {
    Abandonment before = watch;
    watch = Abandonment.of(result, this);
    if (before != null) {
      before.forget();
    }
    if (finished.get()) {
      watch.forget();
    }
  }
}
