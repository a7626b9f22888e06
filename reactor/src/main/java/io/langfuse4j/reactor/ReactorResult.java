package io.langfuse4j.reactor;

import io.langfuse4j.internal.result.OpenObservation;
import io.langfuse4j.internal.result.ResultStrategy;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.GroupedFlux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/** Mono and Flux. Thread-safe. */
public final class ReactorResult implements ResultStrategy {

  @Override
  public boolean handles(Class<?> type) {
    return Mono.class.isAssignableFrom(type) || Flux.class.isAssignableFrom(type);
  }

  @Override
  public @Nullable Object observe(
      Object result, @Nullable Class<?> declared, OpenObservation observation) {
    Object observed = null;
    if (result instanceof Mono<?> mono && allows(declared, Mono.class)) {
      observed = new ObservedMono<>(mono, observation);
    } else if (result instanceof Flux<?> flux && allows(declared, Flux.class) && isOrdinary(flux)) {
      observed = new ObservedFlux<>(flux, observation);
    }
    if (observed != null) {
      observation.watch(observed);
    }
    return observed;
  }

  private static boolean allows(@Nullable Class<?> declared, Class<?> offered) {
    return declared == null || declared.isAssignableFrom(offered);
  }

  /** Others have methods of their own, which callers want. */
  private static boolean isOrdinary(Flux<?> flux) {
    return !(flux instanceof ConnectableFlux) && !(flux instanceof GroupedFlux);
  }

  private static final class ObservedMono<T> extends MonoOperator<T, T> {

    private final OpenObservation first;

    ObservedMono(Mono<T> source, OpenObservation first) {
      super(source);
      this.first = first;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
      ObservedSubscriber.subscribe(source, actual, first);
    }
  }

  private static final class ObservedFlux<T> extends FluxOperator<T, T> {

    private final OpenObservation first;

    ObservedFlux(Flux<T> source, OpenObservation first) {
      super(source);
      this.first = first;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
      ObservedSubscriber.subscribe(source, actual, first);
    }
  }
}
