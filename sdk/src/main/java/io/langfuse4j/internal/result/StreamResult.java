package io.langfuse4j.internal.result;

import io.opentelemetry.context.Scope;
import java.util.Spliterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A stream is observed until it is exhausted or closed. It stays as lazy and as parallel as it was;
 * a parallel one is collected in the order in which items come by.
 */
final class StreamResult implements ResultStrategy {

  @Override
  public boolean handles(Class<?> type) {
    return Stream.class.isAssignableFrom(type);
  }

  @Override
  public @Nullable Object observe(
      Object result, @Nullable Class<?> declared, OpenObservation observation) {
    return Results.isReplaceable(result, declared, Stream.class)
        ? watched((Stream<?>) result, observation)
        : null;
  }

  static <T> Stream<T> watched(Stream<T> source, OpenObservation observation) {
    // The items pass through a spliterator, asked for only when somebody consumes the stream.
    Stream<T> watched =
        StreamSupport.stream(
                () -> root(source, observation), Spliterator.ORDERED, source.isParallel())
            .onClose(() -> close(source, observation));
    observation.watch(watched);
    return watched;
  }

  @SuppressWarnings("try") // the scope is the point
  private static <T> Spliterator<T> root(Stream<T> source, OpenObservation observation) {
    try (Scope scope = observation.makeCurrent()) {
      WatchedSpliterator<T> root =
          new WatchedSpliterator<>(source.spliterator(), observation, new AtomicInteger(1));
      observation.watch(root);
      return root;
    }
  }

  @SuppressWarnings("try") // the scope is the point
  private static void close(Stream<?> source, OpenObservation observation) {
    try (Scope scope = observation.makeCurrent()) {
      source.close();
    } catch (Throwable t) {
      observation.fail(t);
      throw t;
    }
    observation.complete();
  }

  @SuppressWarnings("try") // the scopes are the point
  private static final class WatchedSpliterator<T> implements Spliterator<T>, Consumer<T> {

    private final Spliterator<T> source;
    private final OpenObservation observation;
    private final AtomicInteger unfinishedParts;
    private @Nullable T item;

    WatchedSpliterator(
        Spliterator<T> source, OpenObservation observation, AtomicInteger unfinishedParts) {
      this.source = source;
      this.observation = observation;
      this.unfinishedParts = unfinishedParts;
    }

    @Override
    public void accept(T next) {
      item = next;
    }

    /** The source produces inside the observation, the consumer consumes where it is. */
    @Override
    @SuppressWarnings("NullAway") // an item may be null, as in any stream
    public boolean tryAdvance(Consumer<? super T> consumer) {
      boolean found;
      try (Scope scope = observation.makeCurrent()) {
        found = source.tryAdvance(this);
      } catch (Throwable t) {
        observation.fail(t);
        throw t;
      }
      if (!found) {
        finishPart();
        return false;
      }
      T next = item;
      item = null;
      observation.item(next);
      try {
        consumer.accept(next);
      } catch (Throwable t) {
        // The consumer's failure, not ours; it will not ask for more.
        observation.complete();
        throw t;
      }
      return true;
    }

    private void finishPart() {
      if (unfinishedParts.decrementAndGet() == 0) {
        observation.complete();
      }
    }

    @Override
    public @Nullable Spliterator<T> trySplit() {
      try (Scope scope = observation.makeCurrent()) {
        Spliterator<T> part = source.trySplit();
        if (part == null) {
          return null;
        }
        unfinishedParts.incrementAndGet();
        return new WatchedSpliterator<>(part, observation, unfinishedParts);
      }
    }

    @Override
    public long estimateSize() {
      return source.estimateSize();
    }

    @Override
    public int characteristics() {
      return ORDERED; // as was promised before the source could be asked
    }
  }
}
