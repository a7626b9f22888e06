package io.langfuse4j.async;

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

/** Methods that give back what they are given, once for each kind of result. */
public interface AsyncSubject {

  Uni<String> uni(Uni<String> source);

  Multi<String> multi(Multi<String> source);

  Single<String> single(Single<String> source);

  Maybe<String> maybe(Maybe<String> source);

  Completable completable(Completable source);

  Observable<String> observable(Observable<String> source);

  Flowable<String> flowable(Flowable<String> source);

  Publisher<String> publisher(Publisher<String> source);

  Mono<String> mono(Mono<String> source);

  Flux<String> flux(Flux<String> source);
}
