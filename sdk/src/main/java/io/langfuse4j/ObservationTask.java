package io.langfuse4j;

/**
 * Work that is done inside an observation and has no result.
 *
 * @param <O> the observation it receives
 * @param <X> the checked exception it may throw; inferred, {@link RuntimeException} if none
 */
@FunctionalInterface
public interface ObservationTask<O extends LangfuseObservation<O>, X extends Exception> {

  void run(O observation) throws X;
}
