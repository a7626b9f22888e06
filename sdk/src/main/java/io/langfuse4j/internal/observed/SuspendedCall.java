package io.langfuse4j.internal.observed;

import io.langfuse4j.internal.result.OpenObservation;
import io.langfuse4j.internal.result.Results;
import io.opentelemetry.context.Context;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A call that goes on after its method has returned: what its continuation needs and reports to.
 * Nothing here throws on our account. Thread-safe.
 */
public final class SuspendedCall {

  private final OpenObservation observation;
  private final CallOptions options;
  private final SuspendingCalls how;
  private final Context inside;
  private final Context outside;
  private final AtomicBoolean returned = new AtomicBoolean();

  SuspendedCall(
      OpenObservation observation,
      CallOptions options,
      SuspendingCalls how,
      Context inside,
      Context outside) {
    this.observation = observation;
    this.options = options;
    this.how = how;
    this.inside = inside;
    this.outside = outside;
  }

  /** Where the function works. */
  public Context inside() {
    return inside;
  }

  /** Where its caller works. */
  public Context outside() {
    return outside;
  }

  /** Ends the observation if the function will never go on. */
  public void watch(Object continuation) {
    observation.watch(continuation);
  }

  boolean isSuspended(@Nullable Object result) {
    return result != null && how.isSuspended(result);
  }

  /**
   * Records the result, and ends the observation if the result is complete. Frameworks between a
   * function and its caller may report the same result again: then it passes unchanged.
   *
   * @return what the caller must get
   */
  public @Nullable Object returned(@Nullable Object result) {
    if (!returned.compareAndSet(false, true)) {
      return result;
    }
    if (result == null || how.isNothing(result)) {
      observation.complete(null);
      return result;
    }
    if (Results.isPlain(result)) {
      observation.complete(result);
      return result;
    }
    return ObservedCall.stillOpen(result, options, observation);
  }

  /** Records the failure and ends the observation. */
  public void failed(Throwable thrown) {
    observation.fail(thrown);
  }
}
