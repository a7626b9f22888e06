package io.langfuse4j.async;

import static io.langfuse4j.ObservationType.GENERATION;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observed;
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

/** Functions observed one by one. */
class AsyncFunctionsTest extends AsyncContract {

  @Override
  protected AsyncSubject observed(Langfuse langfuse) {
    return new FunctionSubject(langfuse, new AnnotatedAsyncSubject());
  }

  private record FunctionSubject(Langfuse langfuse, AsyncSubject target) implements AsyncSubject {

    private Observed generation(String name) {
      return langfuse.observed(name, GENERATION);
    }

    @Override
    public Uni<String> uni(Uni<String> source) {
      return generation("uni").operator(target::uni).apply(source);
    }

    @Override
    public Multi<String> multi(Multi<String> source) {
      return generation("multi").operator(target::multi).apply(source);
    }

    @Override
    public Single<String> single(Single<String> source) {
      return generation("single").operator(target::single).apply(source);
    }

    @Override
    public Maybe<String> maybe(Maybe<String> source) {
      return generation("maybe").operator(target::maybe).apply(source);
    }

    @Override
    public Completable completable(Completable source) {
      return generation("completable").operator(target::completable).apply(source);
    }

    @Override
    public Observable<String> observable(Observable<String> source) {
      return generation("observable").operator(target::observable).apply(source);
    }

    @Override
    public Flowable<String> flowable(Flowable<String> source) {
      return generation("flowable").operator(target::flowable).apply(source);
    }

    @Override
    public Publisher<String> publisher(Publisher<String> source) {
      return generation("publisher").operator(target::publisher).apply(source);
    }

    @Override
    public Mono<String> mono(Mono<String> source) {
      return generation("mono").operator(target::mono).apply(source);
    }

    @Override
    public Flux<String> flux(Flux<String> source) {
      return generation("flux").operator(target::flux).apply(source);
    }
  }
}
