package io.langfuse4j.async;

import io.langfuse4j.Langfuse;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One kind of result: how to make one, pass it through the subject, and consume it. */
@SuppressWarnings("unchecked")
enum AsyncShape {
  UNI("Mutiny Uni", false) {
    @Override
    Object source(Script script) {
      return Uni.createFrom().item(script::one);
    }

    @Override
    Object never() {
      return Uni.createFrom().nothing();
    }

    @Override
    Object call(AsyncSubject subject, Object source) {
      return subject.uni((Uni<String>) source);
    }

    @Override
    List<String> collect(Object result, Consumer<String> consumer) {
      return List.of(((Uni<String>) result).onItem().invoke(consumer).await().indefinitely());
    }

    @Override
    void subscribeAndCancel(Object result) {
      ((Uni<String>) result).subscribe().with(item -> {}).cancel();
    }
  },

  MULTI("Mutiny Multi", true) {
    @Override
    Object source(Script script) {
      return Multi.createFrom().iterable(script);
    }

    @Override
    Object never() {
      return Multi.createFrom().nothing();
    }

    @Override
    Object call(AsyncSubject subject, Object source) {
      return subject.multi((Multi<String>) source);
    }

    @Override
    List<String> collect(Object result, Consumer<String> consumer) {
      Multi<String> multi = ((Multi<String>) result).onItem().invoke(consumer);
      return multi.collect().asList().await().indefinitely();
    }

    @Override
    void takeOne(Object result) {
      ((Multi<String>) result).select().first(1).collect().asList().await().indefinitely();
    }

    @Override
    void subscribeAndCancel(Object result) {
      ((Multi<String>) result).subscribe().with(item -> {}).cancel();
    }
  },

  SINGLE("RxJava Single", false) {
    @Override
    Object source(Script script) {
      return Single.fromCallable(script::one);
    }

    @Override
    Object never() {
      return Single.never();
    }

    @Override
    Object call(AsyncSubject subject, Object source) {
      return subject.single((Single<String>) source);
    }

    @Override
    List<String> collect(Object result, Consumer<String> consumer) {
      return List.of(((Single<String>) result).doOnSuccess(consumer::accept).blockingGet());
    }

    @Override
    void subscribeAndCancel(Object result) {
      ((Single<String>) result).subscribe().dispose();
    }
  },

  MAYBE("RxJava Maybe", false) {
    @Override
    Object source(Script script) {
      return Maybe.fromCallable(script::one);
    }

    @Override
    Object never() {
      return Maybe.never();
    }

    @Override
    Object call(AsyncSubject subject, Object source) {
      return subject.maybe((Maybe<String>) source);
    }

    @Override
    List<String> collect(Object result, Consumer<String> consumer) {
      return List.of(((Maybe<String>) result).doOnSuccess(consumer::accept).blockingGet());
    }

    @Override
    void subscribeAndCancel(Object result) {
      ((Maybe<String>) result).subscribe().dispose();
    }
  },

  COMPLETABLE("RxJava Completable", false) {
    @Override
    Object source(Script script) {
      return Completable.fromCallable(script::one);
    }

    @Override
    Object never() {
      return Completable.never();
    }

    @Override
    Object call(AsyncSubject subject, Object source) {
      return subject.completable((Completable) source);
    }

    @Override
    List<String> collect(Object result, Consumer<String> consumer) {
      ((Completable) result).doOnComplete(() -> consumer.accept("")).blockingAwait();
      return List.of();
    }

    @Override
    void subscribeAndCancel(Object result) {
      ((Completable) result).subscribe().dispose();
    }
  },

  OBSERVABLE("RxJava Observable", true) {
    @Override
    Object source(Script script) {
      return Observable.fromIterable(script);
    }

    @Override
    Object never() {
      return Observable.never();
    }

    @Override
    Object call(AsyncSubject subject, Object source) {
      return subject.observable((Observable<String>) source);
    }

    @Override
    List<String> collect(Object result, Consumer<String> consumer) {
      return ((Observable<String>) result).doOnNext(consumer::accept).toList().blockingGet();
    }

    @Override
    void takeOne(Object result) {
      ((Observable<String>) result).take(1).blockingSubscribe();
    }

    @Override
    void subscribeAndCancel(Object result) {
      ((Observable<String>) result).subscribe().dispose();
    }
  },

  FLOWABLE("RxJava Flowable", true) {
    @Override
    Object source(Script script) {
      return Flowable.fromIterable(script);
    }

    @Override
    Object never() {
      return Flowable.never();
    }

    @Override
    Object call(AsyncSubject subject, Object source) {
      return subject.flowable((Flowable<String>) source);
    }

    @Override
    List<String> collect(Object result, Consumer<String> consumer) {
      return ((Flowable<String>) result).doOnNext(consumer::accept).toList().blockingGet();
    }

    @Override
    void takeOne(Object result) {
      ((Flowable<String>) result).take(1).blockingSubscribe();
    }

    @Override
    void subscribeAndCancel(Object result) {
      ((Flowable<String>) result).subscribe().dispose();
    }
  },

  PUBLISHER("Reactive Streams Publisher", true) {
    @Override
    Object source(Script script) {
      // Not a Flowable as far as anybody can see.
      return (Publisher<String>) subscriber -> Flowable.fromIterable(script).subscribe(subscriber);
    }

    @Override
    Object never() {
      return (Publisher<String>) subscriber -> Flowable.<String>never().subscribe(subscriber);
    }

    @Override
    Object call(AsyncSubject subject, Object source) {
      return subject.publisher((Publisher<String>) source);
    }

    @Override
    List<String> collect(Object result, Consumer<String> consumer) {
      return FLOWABLE.collect(Flowable.fromPublisher((Publisher<String>) result), consumer);
    }

    @Override
    void takeOne(Object result) {
      FLOWABLE.takeOne(Flowable.fromPublisher((Publisher<String>) result));
    }

    @Override
    void subscribeAndCancel(Object result) {
      FLOWABLE.subscribeAndCancel(Flowable.fromPublisher((Publisher<String>) result));
    }
  },

  MONO("Reactor Mono", false) {
    @Override
    Object source(Script script) {
      return Mono.fromCallable(script::one);
    }

    @Override
    Object never() {
      return Mono.never();
    }

    @Override
    Object call(AsyncSubject subject, Object source) {
      return subject.mono((Mono<String>) source);
    }

    @Override
    List<String> collect(Object result, Consumer<String> consumer) {
      return List.of(((Mono<String>) result).doOnNext(consumer).block());
    }

    @Override
    void subscribeAndCancel(Object result) {
      ((Mono<String>) result).subscribe().dispose();
    }
  },

  FLUX("Reactor Flux", true) {
    @Override
    Object source(Script script) {
      return Flux.fromIterable(script);
    }

    @Override
    Object never() {
      return Flux.never();
    }

    @Override
    Object call(AsyncSubject subject, Object source) {
      return subject.flux((Flux<String>) source);
    }

    @Override
    List<String> collect(Object result, Consumer<String> consumer) {
      return ((Flux<String>) result).doOnNext(consumer).collectList().block();
    }

    @Override
    void takeOne(Object result) {
      ((Flux<String>) result).take(1).blockLast();
    }

    @Override
    void subscribeAndCancel(Object result) {
      ((Flux<String>) result).subscribe().dispose();
    }
  };

  /** Items, each made inside an observation, and perhaps a failure after them. */
  record Script(Langfuse langfuse, RuntimeException failure) implements Iterable<String> {

    String one() {
      String item = item("a");
      if (failure != null) {
        throw failure;
      }
      return item;
    }

    private String item(String item) {
      return langfuse.observe("child", o -> item);
    }

    @Override
    public Iterator<String> iterator() {
      Iterator<String> items = List.of("a", "b").iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          if (!items.hasNext() && failure != null) {
            throw failure;
          }
          return items.hasNext();
        }

        @Override
        public String next() {
          if (!items.hasNext()) {
            throw new NoSuchElementException();
          }
          return item(items.next());
        }
      };
    }
  }

  private final String title;

  /** Whether there may be more than one item. */
  final boolean many;

  AsyncShape(String title, boolean many) {
    this.title = title;
    this.many = many;
  }

  @Override
  public String toString() {
    return title;
  }

  abstract Object source(Script script);

  abstract Object never();

  abstract Object call(AsyncSubject subject, Object source);

  /** Subscribes, waits for the end, and shows {@code consumer} each item as it passes. */
  abstract List<String> collect(Object result, Consumer<String> consumer);

  void takeOne(Object result) {
    throw new UnsupportedOperationException();
  }

  abstract void subscribeAndCancel(Object result);

  /** Name of the subject's method. */
  String method() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
