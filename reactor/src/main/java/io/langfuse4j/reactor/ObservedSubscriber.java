package io.langfuse4j.reactor;

import io.langfuse4j.internal.result.OpenObservation;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * One subscription. What is upstream works inside the observation, on other threads too, because
 * the Reactor context says so; what is downstream stays where it was.
 */
@SuppressWarnings("try") // the scopes are the point
final class ObservedSubscriber<T> implements CoreSubscriber<T>, Subscription {

  private final CoreSubscriber<? super T> actual;
  private final OpenObservation observation;
  private final io.opentelemetry.context.Context downstream;
  private final Context reactorContext;
  private volatile @Nullable Subscription subscription;

  private ObservedSubscriber(
      CoreSubscriber<? super T> actual,
      OpenObservation observation,
      io.opentelemetry.context.Context downstream,
      Context reactorContext) {
    this.actual = actual;
    this.observation = observation;
    this.downstream = downstream;
    this.reactorContext = reactorContext;
  }

  /** Subscribes {@code actual} to {@code source} inside an observation of its own. */
  static <T> void subscribe(
      CorePublisher<? extends T> source, CoreSubscriber<? super T> actual, OpenObservation first) {
    Context given = actual.currentContext();
    io.opentelemetry.context.Context outside =
        given.hasKey(OpenTelemetryContextAccessor.KEY)
            ? given.get(OpenTelemetryContextAccessor.KEY)
            : io.opentelemetry.context.Context.current();
    OpenObservation observation = first.forConsumption();
    try (Scope scope = observation.makeCurrent()) {
      Context inside =
          given.put(OpenTelemetryContextAccessor.KEY, io.opentelemetry.context.Context.current());
      ObservedSubscriber<T> observed =
          new ObservedSubscriber<>(actual, observation, outside, inside);
      observation.watch(observed);
      source.subscribe(observed);
    }
  }

  @Override
  public Context currentContext() {
    return reactorContext;
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    try (Scope scope = downstream.makeCurrent()) {
      actual.onSubscribe(this);
    }
  }

  @Override
  public void onNext(T item) {
    observation.item(item);
    try (Scope scope = downstream.makeCurrent()) {
      actual.onNext(item);
    }
  }

  @Override
  public void onError(Throwable thrown) {
    observation.fail(thrown);
    try (Scope scope = downstream.makeCurrent()) {
      actual.onError(thrown);
    }
  }

  @Override
  public void onComplete() {
    observation.complete();
    try (Scope scope = downstream.makeCurrent()) {
      actual.onComplete();
    }
  }

  @Override
  public void request(long n) {
    Subscription upstream = subscription;
    if (upstream != null) {
      try (Scope scope = observation.makeCurrent()) {
        upstream.request(n);
      }
    }
  }

  /** To want no more items is not a failure: what came is the output. */
  @Override
  public void cancel() {
    Subscription upstream = subscription;
    if (upstream != null) {
      try (Scope scope = observation.makeCurrent()) {
        upstream.cancel();
      }
    }
    observation.complete();
  }
}
