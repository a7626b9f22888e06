package io.langfuse4j.async;

import io.langfuse4j.internal.result.OpenObservation;
import io.langfuse4j.internal.result.ResultStrategy;
import io.smallrye.mutiny.Context;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.operators.UniOperator;
import io.smallrye.mutiny.operators.multi.AbstractMultiOperator;
import io.smallrye.mutiny.operators.multi.MultiOperatorProcessor;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Uni and Multi: one observation per subscription. Thread-safe. */
public final class MutinyResult implements ResultStrategy {

  @Override
  public boolean handles(Class<?> type) {
    return Uni.class.isAssignableFrom(type) || Multi.class.isAssignableFrom(type);
  }

  @Override
  public @Nullable Object observe(
      Object result, @Nullable Class<?> declared, OpenObservation observation) {
    Object observed = null;
    if (result instanceof Uni<?> uni && isReplaceable(declared, Uni.class)) {
      observed = new ObservedUni<>(uni, observation);
    } else if (result instanceof Multi<?> multi && isReplaceable(declared, Multi.class)) {
      observed = new ObservedMulti<>(multi, observation);
    }
    if (observed != null) {
      observation.watch(observed);
    }
    return observed;
  }

  /** Where nothing is declared, what operators return is held as a Uni or Multi. */
  private static boolean isReplaceable(@Nullable Class<?> declared, Class<?> offered) {
    return declared == null || declared.isAssignableFrom(offered);
  }

  private static final class ObservedUni<T> extends UniOperator<T, T> {

    private final OpenObservation first;

    ObservedUni(Uni<T> source, OpenObservation first) {
      super(source);
      this.first = first;
    }

    @Override
    public void subscribe(UniSubscriber<? super T> subscriber) {
      Consumption consumption = new Consumption(first);
      UniConsumer<T> consumer = new UniConsumer<>(subscriber, consumption);
      consumption.watch(consumer);
      consumption.subscribe(() -> AbstractUni.subscribe(upstream(), consumer));
    }
  }

  private record UniConsumer<T>(UniSubscriber<? super T> subscriber, Consumption consumption)
      implements UniSubscriber<T> {

    @Override
    public Context context() {
      return subscriber.context();
    }

    @Override
    public void onSubscribe(UniSubscription upstream) {
      UniSubscription observed = () -> consumption.cancel(upstream::cancel);
      consumption.outside(() -> subscriber.onSubscribe(observed));
    }

    @Override
    public void onItem(T item) {
      consumption.complete(item);
      consumption.outside(() -> subscriber.onItem(item));
    }

    @Override
    public void onFailure(Throwable thrown) {
      consumption.fail(thrown);
      consumption.outside(() -> subscriber.onFailure(thrown));
    }
  }

  private static final class ObservedMulti<T> extends AbstractMultiOperator<T, T> {

    private final OpenObservation first;

    ObservedMulti(Multi<T> source, OpenObservation first) {
      super(source);
      this.first = first;
    }

    @Override
    public void subscribe(MultiSubscriber<? super T> subscriber) {
      Consumption consumption = new Consumption(first);
      MultiConsumer<T> consumer = new MultiConsumer<>(subscriber, consumption);
      consumption.watch(consumer);
      consumption.subscribe(() -> upstream().subscribe(consumer));
    }
  }

  private static final class MultiConsumer<T> extends MultiOperatorProcessor<T, T> {

    private final Consumption consumption;

    MultiConsumer(MultiSubscriber<? super T> subscriber, Consumption consumption) {
      super(subscriber);
      this.consumption = consumption;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      consumption.outside(() -> super.onSubscribe(given));
    }

    @Override
    public void onItem(T item) {
      consumption.item(item);
      consumption.outside(() -> super.onItem(item));
    }

    @Override
    public void onFailure(Throwable thrown) {
      consumption.fail(thrown);
      consumption.outside(() -> super.onFailure(thrown));
    }

    @Override
    public void onCompletion() {
      consumption.complete();
      consumption.outside(super::onCompletion);
    }

    @Override
    public void request(long count) {
      consumption.inside(() -> super.request(count));
    }

    @Override
    public void cancel() {
      consumption.cancel(super::cancel);
    }
  }
}
