package io.langfuse4j;

import org.jspecify.annotations.Nullable;

/**
 * Work that is done inside an observation and has a result.
 *
 * @param <O> the observation it receives
 * @param <T> the result
 * @param <X> the checked exception it may throw; inferred, {@link RuntimeException} if none
 */
@FunctionalInterface
public interface ObservationFunction<
    O extends LangfuseObservation<O>, T extends @Nullable Object, X extends Exception> {

  T apply(O observation) throws X;
}
