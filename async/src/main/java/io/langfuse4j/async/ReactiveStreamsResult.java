package io.langfuse4j.async;

import io.langfuse4j.internal.result.OpenObservation;
import io.langfuse4j.internal.result.ResultStrategy;
import io.langfuse4j.internal.result.Results;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Publishers of any library, where a method declares no more than that. Thread-safe. */
public final class ReactiveStreamsResult implements ResultStrategy {

  @Override
  public boolean handles(Class<?> type) {
    return Publisher.class.isAssignableFrom(type) && !isReactor(type);
  }

  /** Mono and Flux have a module of their own. */
  private static boolean isReactor(@Nullable Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (c.getName().equals("reactor.core.publisher.Mono")
          || c.getName().equals("reactor.core.publisher.Flux")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable Object observe(
      Object result, @Nullable Class<?> declared, OpenObservation observation) {
    if (!Results.isReplaceable(result, declared, Publisher.class)) {
      return null;
    }
    Publisher<?> observed = observed((Publisher<?>) result, observation);
    observation.watch(observed);
    return observed;
  }

  static <T> Publisher<T> observed(Publisher<T> source, OpenObservation first) {
    return new ObservedPublisher<>(source, first);
  }

  private record ObservedPublisher<T>(Publisher<T> source, OpenObservation first)
      implements Publisher<T> {

    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
      Consumption consumption = new Consumption(first);
      Consumer<T> consumer = new Consumer<>(subscriber, consumption);
      consumption.watch(consumer);
      consumption.subscribe(() -> source.subscribe(consumer));
    }
  }

  private record Consumer<T>(Subscriber<? super T> subscriber, Consumption consumption)
      implements Subscriber<T> {

    @Override
    public void onSubscribe(Subscription upstream) {
      consumption.outside(
          () -> subscriber.onSubscribe(new ObservedSubscription(upstream, consumption)));
    }

    @Override
    public void onNext(T item) {
      consumption.item(item);
      consumption.outside(() -> subscriber.onNext(item));
    }

    @Override
    public void onError(Throwable thrown) {
      consumption.fail(thrown);
      consumption.outside(() -> subscriber.onError(thrown));
    }

    @Override
    public void onComplete() {
      consumption.complete();
      consumption.outside(subscriber::onComplete);
    }
  }

  private record ObservedSubscription(Subscription upstream, Consumption consumption)
      implements Subscription {

    @Override
    public void request(long count) {
      consumption.inside(() -> upstream.request(count));
    }

    @Override
    public void cancel() {
      consumption.cancel(upstream::cancel);
    }
  }
}
