package io.langfuse4j.internal.result;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** An iterator is observed until it has no more items. */
final class IteratorResult implements ResultStrategy {

  @Override
  public boolean handles(Class<?> type) {
    return Results.isIterator(type);
  }

  @Override
  public @Nullable Object observe(
      Object result, @Nullable Class<?> declared, OpenObservation observation) {
    if (!Results.isReplaceable(result, declared, Iterator.class)) {
      return null;
    }
    Iterator<?> watched =
        result instanceof AutoCloseable
            ? new WatchedIterator.Closeable<>((Iterator<?>) result, observation)
            : new WatchedIterator<>((Iterator<?>) result, observation);
    observation.watch(watched);
    return watched;
  }
}
