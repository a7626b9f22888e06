package io.langfuse4j.internal.result;

import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** One observation per iteration. Collections are not meant: their items are there already. */
final class IterableResult implements ResultStrategy {

  @Override
  public boolean handles(Class<?> type) {
    return Iterable.class.isAssignableFrom(type) && !Collection.class.isAssignableFrom(type);
  }

  /** Iterables of other declared types, such as paths and JSON trees, are values. */
  @Override
  public Object observe(Object result, @Nullable Class<?> declared, OpenObservation observation) {
    if (!Results.isReplaceable(result, declared, Iterable.class)) {
      observation.complete(result);
      return result;
    }
    WatchedIterable<?> watched = new WatchedIterable<>((Iterable<?>) result, observation);
    observation.watch(watched);
    return watched;
  }

  private record WatchedIterable<T>(Iterable<T> source, OpenObservation first)
      implements Iterable<T> {

    @Override
    @SuppressWarnings("try") // the scope is the point
    public Iterator<T> iterator() {
      OpenObservation observation = first.forConsumption();
      try (var scope = observation.makeCurrent()) {
        WatchedIterator<T> watched = new WatchedIterator<>(source.iterator(), observation);
        observation.watch(watched);
        return watched;
      } catch (Throwable t) {
        observation.fail(t);
        throw t;
      }
    }
  }
}
