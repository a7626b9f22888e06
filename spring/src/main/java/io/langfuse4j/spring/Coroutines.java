package io.langfuse4j.spring;

import io.langfuse4j.internal.observed.ObservedCall;
import io.langfuse4j.internal.observed.SuspendedCall;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Kotlin's {@code suspend} functions, where {@code kotlinx-coroutines-reactor} is there: then
 * Spring's proxies do not call them but return a {@code Mono} that does, or a {@code Flux} for a
 * flow, and wait for it outside of all interceptors.
 */
final class Coroutines {

  private Coroutines() {}

  static @Nullable Object follow(ObservedCall call, MethodInvocation invocation) throws Throwable {
    Object result;
    try {
      result = invocation.proceed();
    } catch (Throwable t) {
      call.failed(t);
      throw t;
    }
    if (!(result instanceof Mono<?> function)) {
      return call.returnedObject(result);
    }
    SuspendedCall suspended = call.leave();
    return suspended == null ? result : observed(function, suspended);
  }

  private static Mono<Object> observed(Mono<?> function, SuspendedCall call) {
    return function
        .<Object>map(result -> or(call.returned(result), result))
        .switchIfEmpty(Mono.fromRunnable(() -> call.returned(null)))
        .doOnError(call::failed);
  }

  /** Null is the result of null alone. */
  private static Object or(@Nullable Object observed, Object result) {
    return observed == null ? result : observed;
  }
}
