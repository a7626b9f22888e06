package io.langfuse4j.async;

import io.langfuse4j.Observe;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The subject as an application writes it. */
public class AnnotatedAsyncSubject implements AsyncSubject {

  @Observe(type = Observe.Type.GENERATION)
  @Override
  public Uni<String> uni(Uni<String> source) {
    return source;
  }

  @Observe(type = Observe.Type.GENERATION)
  @Override
  public Multi<String> multi(Multi<String> source) {
    return source;
  }

  @Observe(type = Observe.Type.GENERATION)
  @Override
  public Single<String> single(Single<String> source) {
    return source;
  }

  @Observe(type = Observe.Type.GENERATION)
  @Override
  public Maybe<String> maybe(Maybe<String> source) {
    return source;
  }

  @Observe(type = Observe.Type.GENERATION)
  @Override
  public Completable completable(Completable source) {
    return source;
  }

  @Observe(type = Observe.Type.GENERATION)
  @Override
  public Observable<String> observable(Observable<String> source) {
    return source;
  }

  @Observe(type = Observe.Type.GENERATION)
  @Override
  public Flowable<String> flowable(Flowable<String> source) {
    return source;
  }

  @Observe(type = Observe.Type.GENERATION)
  @Override
  public Publisher<String> publisher(Publisher<String> source) {
    return source;
  }

  @Observe(type = Observe.Type.GENERATION)
  @Override
  public Mono<String> mono(Mono<String> source) {
    return source;
  }

  @Observe(type = Observe.Type.GENERATION)
  @Override
  public Flux<String> flux(Flux<String> source) {
    return source;
  }
}
