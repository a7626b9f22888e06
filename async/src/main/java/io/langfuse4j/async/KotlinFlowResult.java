package io.langfuse4j.async;

import io.langfuse4j.internal.result.OpenObservation;
import io.langfuse4j.internal.result.ResultStrategy;
import io.langfuse4j.internal.result.Results;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kotlin.Result;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowCollector;
import org.jspecify.annotations.Nullable;

/**
 * Kotlin's flows: one observation per collection. The flow works inside the observation; the
 * collector stays in the coroutine context it is called with, which flows insist on.
 */
public final class KotlinFlowResult implements ResultStrategy {

  @Override
  public boolean handles(Class<?> type) {
    return Flow.class.isAssignableFrom(type);
  }

  @Override
  public @Nullable Object observe(
      Object result, @Nullable Class<?> declared, OpenObservation observation) {
    if (!Results.isReplaceable(result, declared, Flow.class)) {
      return null;
    }
    ObservedFlow<?> observed = new ObservedFlow<>((Flow<?>) result, observation);
    observation.watch(observed);
    return observed;
  }

  private record ObservedFlow<T>(Flow<T> source, OpenObservation first) implements Flow<T> {

    @Override
    @SuppressWarnings("try") // the scope is the point
    public @Nullable Object collect(
        FlowCollector<? super T> collector, Continuation<? super Unit> caller) {
      OpenObservation observation = first.forConsumption();
      Context outside = Context.current();
      OneCollection<T> collection = new OneCollection<>(collector, caller, observation, outside);
      observation.watch(collection);
      Object result;
      try (Scope scope = observation.makeCurrent()) {
        result =
            source.collect(
                collection,
                new Crossing(caller, collection.inside(), outside, collection::finished));
      } catch (Throwable t) {
        collection.failed(t);
        throw t;
      }
      if (result != IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
        observation.complete();
      }
      return result;
    }
  }

  /** One run through the flow. */
  private static final class OneCollection<T> implements FlowCollector<T> {

    private final FlowCollector<? super T> collector;
    private final CoroutineContext callersContext;
    private final CoroutineContext inside;
    private final OpenObservation observation;
    private final Context outside;
    private final Context current;
    private final AtomicBoolean collectorFailed = new AtomicBoolean();

    @SuppressWarnings("try") // made current only to learn the context
    OneCollection(
        FlowCollector<? super T> collector,
        Continuation<? super Unit> caller,
        OpenObservation observation,
        Context outside) {
      this.collector = collector;
      this.callersContext = caller.getContext();
      this.observation = observation;
      this.outside = outside;
      try (Scope scope = observation.makeCurrent()) {
        this.current = Context.current();
      }
      this.inside = KotlinContext.with(callersContext, current);
    }

    CoroutineContext inside() {
      return inside;
    }

    @Override
    @SuppressWarnings("try") // the scope is the point
    public @Nullable Object emit(T item, Continuation<? super Unit> flow) {
      observation.item(item);
      try (Scope scope = outside.makeCurrent()) {
        return collector.emit(
            item, new Crossing(flow, callersContext, current, this::collectorReturned));
      } catch (Throwable t) {
        collectorFailed.set(true);
        throw t;
      }
    }

    private void collectorReturned(@Nullable Object result) {
      if (result instanceof Result.Failure) {
        collectorFailed.set(true);
      }
    }

    void finished(@Nullable Object result) {
      if (result instanceof Result.Failure failure) {
        failed(failure.exception);
      } else {
        observation.complete();
      }
    }

    /** A collector that has enough, or fails, stops the flow with an exception of its own. */
    void failed(Throwable thrown) {
      if (collectorFailed.get()) {
        observation.complete();
      } else {
        observation.fail(thrown);
      }
    }
  }

  /** Goes on in another context than it comes from. */
  private record Crossing(
      Continuation<? super Unit> next,
      CoroutineContext context,
      Context there,
      Consumer<@Nullable Object> hearing)
      implements Continuation<Unit> {

    @Override
    public CoroutineContext getContext() {
      return context;
    }

    @Override
    public void resumeWith(Object result) {
      hearing.accept(result);
      KotlinContext.resume(next, result, there);
    }
  }
}
