package io.langfuse4j.internal.observed;

import org.jspecify.annotations.Nullable;

/**
 * Knows functions that the compiler of another language splits where they wait, as Kotlin does with
 * {@code suspend}: they take a continuation as their last argument, may return before they are
 * done, and are called again to go on. Found by {@link java.util.ServiceLoader}.
 *
 * <p>Implementations are stateless and thread-safe.
 */
public interface SuspendingCalls {

  /** Whether this is not a new call but a known one that goes on. */
  boolean isResumption(Object continuation);

  /** What to pass on instead of {@code continuation}, so that {@code call} hears of the end. */
  Object observed(Object continuation, SuspendedCall call);

  /** Whether the function has returned without being done. */
  boolean isSuspended(Object result);

  /** Whether the result is the one of functions that have none. */
  boolean isNothing(@Nullable Object result);
}
