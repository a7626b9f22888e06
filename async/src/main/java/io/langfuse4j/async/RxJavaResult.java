package io.langfuse4j.async;

import io.langfuse4j.internal.result.OpenObservation;
import io.langfuse4j.internal.result.ResultStrategy;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.CompletableObserver;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Observer;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Single, Maybe, Completable, Observable and Flowable: one observation per subscription. */
public final class RxJavaResult implements ResultStrategy {

  @Override
  public boolean handles(Class<?> type) {
    return Single.class.isAssignableFrom(type)
        || Maybe.class.isAssignableFrom(type)
        || Completable.class.isAssignableFrom(type)
        || Observable.class.isAssignableFrom(type)
        || Flowable.class.isAssignableFrom(type);
  }

  @Override
  public @Nullable Object observe(
      Object result, @Nullable Class<?> declared, OpenObservation observation) {
    Object observed = observed(result, observation);
    if (declared != null && !declared.isInstance(observed)) {
      return null; // a subject or a connectable, which has methods of its own
    }
    observation.watch(observed);
    return observed;
  }

  private static Object observed(Object result, OpenObservation first) {
    if (result instanceof Single<?> single) {
      return single(single, first);
    }
    if (result instanceof Maybe<?> maybe) {
      return maybe(maybe, first);
    }
    if (result instanceof Completable completable) {
      return completable(completable, first);
    }
    if (result instanceof Observable<?> observable) {
      return observable(observable, first);
    }
    Flowable<?> flowable = (Flowable<?>) result;
    return Flowable.unsafeCreate(ReactiveStreamsResult.observed(flowable, first));
  }

  private static <T> Single<T> single(Single<T> source, OpenObservation first) {
    return Single.unsafeCreate(
        observer -> {
          OneConsumer<T> consumer =
              new OneConsumer<>(
                  new Consumption(first),
                  observer::onSubscribe,
                  observer::onSuccess,
                  observer::onError,
                  () -> {});
          consumer.begin(() -> source.subscribe((SingleObserver<T>) consumer));
        });
  }

  private static <T> Maybe<T> maybe(Maybe<T> source, OpenObservation first) {
    return Maybe.unsafeCreate(
        observer -> {
          OneConsumer<T> consumer =
              new OneConsumer<>(
                  new Consumption(first),
                  observer::onSubscribe,
                  observer::onSuccess,
                  observer::onError,
                  observer::onComplete);
          consumer.begin(() -> source.subscribe((MaybeObserver<T>) consumer));
        });
  }

  private static Completable completable(Completable source, OpenObservation first) {
    return Completable.unsafeCreate(
        observer -> {
          OneConsumer<Object> consumer =
              new OneConsumer<>(
                  new Consumption(first),
                  observer::onSubscribe,
                  nothing -> {},
                  observer::onError,
                  observer::onComplete);
          consumer.begin(() -> source.subscribe((CompletableObserver) consumer));
        });
  }

  private static <T> Observable<T> observable(Observable<T> source, OpenObservation first) {
    return Observable.unsafeCreate(
        observer -> {
          ManyConsumer<T> consumer = new ManyConsumer<>(new Consumption(first), observer);
          consumer.begin(() -> source.subscribe(consumer));
        });
  }

  /** What the kinds have in common: they can be disposed of. */
  private abstract static class Disposing implements Disposable {

    final Consumption consumption;
    private volatile @Nullable Disposable upstream;

    Disposing(Consumption consumption) {
      this.consumption = consumption;
    }

    final void begin(Runnable subscribing) {
      consumption.watch(this);
      consumption.subscribe(subscribing);
    }

    final void subscribed(Disposable upstream, Consumer<Disposable> subscriber) {
      this.upstream = upstream;
      consumption.outside(() -> subscriber.accept(this));
    }

    @Override
    public final void dispose() {
      Disposable source = upstream;
      if (source != null) {
        consumption.cancel(source::dispose);
      }
    }

    @Override
    public final boolean isDisposed() {
      Disposable source = upstream;
      return source != null && source.isDisposed();
    }
  }

  private static final class OneConsumer<T> extends Disposing
      implements SingleObserver<T>, MaybeObserver<T>, CompletableObserver {

    private final Consumer<Disposable> subscribed;
    private final Consumer<? super T> succeeded;
    private final Consumer<Throwable> failed;
    private final Runnable completed;

    OneConsumer(
        Consumption consumption,
        Consumer<Disposable> subscribed,
        Consumer<? super T> succeeded,
        Consumer<Throwable> failed,
        Runnable completed) {
      super(consumption);
      this.subscribed = subscribed;
      this.succeeded = succeeded;
      this.failed = failed;
      this.completed = completed;
    }

    @Override
    public void onSubscribe(Disposable upstream) {
      subscribed(upstream, subscribed);
    }

    @Override
    public void onSuccess(T item) {
      consumption.complete(item);
      consumption.outside(() -> succeeded.accept(item));
    }

    @Override
    public void onError(Throwable thrown) {
      consumption.fail(thrown);
      consumption.outside(() -> failed.accept(thrown));
    }

    @Override
    public void onComplete() {
      consumption.complete(null);
      consumption.outside(completed);
    }
  }

  private static final class ManyConsumer<T> extends Disposing implements Observer<T> {

    private final Observer<? super T> observer;

    ManyConsumer(Consumption consumption, Observer<? super T> observer) {
      super(consumption);
      this.observer = observer;
    }

    @Override
    public void onSubscribe(Disposable upstream) {
      subscribed(upstream, observer::onSubscribe);
    }

    @Override
    public void onNext(T item) {
      consumption.item(item);
      consumption.outside(() -> observer.onNext(item));
    }

    @Override
    public void onError(Throwable thrown) {
      consumption.fail(thrown);
      consumption.outside(() -> observer.onError(thrown));
    }

    @Override
    public void onComplete() {
      consumption.complete();
      consumption.outside(observer::onComplete);
    }
  }
}
