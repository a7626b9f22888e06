package io.langfuse4j.async;

import io.langfuse4j.internal.result.OpenObservation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * One subscription to a result: the source works inside the observation, the subscriber where it
 * has subscribed. Thread-safe.
 */
@SuppressWarnings("try") // the scopes are the point
final class Consumption {

  private final OpenObservation observation;
  private final Context subscriber = Context.current();

  Consumption(OpenObservation first) {
    observation = first.forConsumption();
  }

  /** Ends the observation if {@code consumer} is dropped unfinished. */
  void watch(Object consumer) {
    observation.watch(consumer);
  }

  /** For the source, which may fail to begin. */
  void subscribe(Runnable subscribing) {
    try {
      inside(subscribing);
    } catch (Throwable t) {
      observation.fail(t);
      throw t;
    }
  }

  /** For the source. */
  void inside(Runnable work) {
    try (Scope scope = observation.makeCurrent()) {
      work.run();
    }
  }

  /** For the subscriber. */
  void outside(Runnable work) {
    try (Scope scope = subscriber.makeCurrent()) {
      work.run();
    }
  }

  void item(@Nullable Object item) {
    observation.item(item);
  }

  /** The only item has come. */
  void complete(@Nullable Object item) {
    observation.complete(item);
  }

  void complete() {
    observation.complete();
  }

  void fail(Throwable thrown) {
    observation.fail(thrown);
  }

  /** To want no more items is not a failure: what came is the output. */
  void cancel(Runnable cancelling) {
    inside(cancelling);
    observation.complete();
  }
}
