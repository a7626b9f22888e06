package io.langfuse4j.internal.result;

import org.jspecify.annotations.Nullable;

/**
 * Knows one kind of result that is not there yet when a method returns. Found by {@link
 * java.util.ServiceLoader}, so that modules for Reactor and others can add theirs.
 *
 * <p>Implementations are stateless and thread-safe.
 */
public interface ResultStrategy {

  /** Whether results of this class are of the kind. */
  boolean handles(Class<?> type);

  /**
   * Sees to it that {@code observation} is finished with the result.
   *
   * @param declared the type that the method declares; null if unknown
   * @return what the caller gets, {@code result} itself where possible; null if it can neither be
   *     watched nor replaced, the observation is then ended at once
   */
  @Nullable Object observe(Object result, @Nullable Class<?> declared, OpenObservation observation);
}
