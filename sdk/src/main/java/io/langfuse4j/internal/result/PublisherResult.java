package io.langfuse4j.internal.result;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One observation per subscription. The publisher works inside the observation, the subscriber in
 * the context it subscribed in.
 */
final class PublisherResult implements ResultStrategy {

  @Override
  public boolean handles(Class<?> type) {
    return Flow.Publisher.class.isAssignableFrom(type);
  }

  @Override
  public @Nullable Object observe(
      Object result, @Nullable Class<?> declared, OpenObservation observation) {
    if (!Results.isReplaceable(result, declared, Flow.Publisher.class)) {
      return null;
    }
    WatchedPublisher<?> watched = new WatchedPublisher<>((Flow.Publisher<?>) result, observation);
    observation.watch(watched);
    return watched;
  }

  private record WatchedPublisher<T>(Flow.Publisher<T> source, OpenObservation first)
      implements Flow.Publisher<T> {

    @Override
    @SuppressWarnings("try") // the scope is the point
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
      OpenObservation observation = first.forConsumption();
      WatchedSubscription<T> watched =
          new WatchedSubscription<>(subscriber, observation, Context.current());
      observation.watch(watched);
      try (Scope scope = observation.makeCurrent()) {
        source.subscribe(watched);
      } catch (Throwable t) {
        observation.fail(t);
        throw t;
      }
    }
  }

  @SuppressWarnings("try") // the scopes are the point
  private static final class WatchedSubscription<T>
      implements Flow.Subscriber<T>, Flow.Subscription {

    private final Flow.Subscriber<? super T> subscriber;
    private final OpenObservation observation;
    private final Context subscriberContext;
    private volatile Flow.@Nullable Subscription subscription;

    WatchedSubscription(
        Flow.Subscriber<? super T> subscriber,
        OpenObservation observation,
        Context subscriberContext) {
      this.subscriber = subscriber;
      this.observation = observation;
      this.subscriberContext = subscriberContext;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      try (Scope scope = subscriberContext.makeCurrent()) {
        subscriber.onSubscribe(this);
      }
    }

    @Override
    public void onNext(T item) {
      observation.item(item);
      try (Scope scope = subscriberContext.makeCurrent()) {
        subscriber.onNext(item);
      }
    }

    @Override
    public void onError(Throwable thrown) {
      observation.fail(thrown);
      try (Scope scope = subscriberContext.makeCurrent()) {
        subscriber.onError(thrown);
      }
    }

    @Override
    public void onComplete() {
      observation.complete();
      try (Scope scope = subscriberContext.makeCurrent()) {
        subscriber.onComplete();
      }
    }

    @Override
    public void request(long n) {
      Flow.Subscription upstream = subscription;
      if (upstream != null) {
        try (Scope scope = observation.makeCurrent()) {
          upstream.request(n);
        }
      }
    }

    /** To want no more items is not a failure: what came is the output. */
    @Override
    public void cancel() {
      Flow.Subscription upstream = subscription;
      if (upstream != null) {
        try (Scope scope = observation.makeCurrent()) {
          upstream.cancel();
        }
      }
      observation.complete();
    }
  }
}
