package io.langfuse4j.spring;

import io.langfuse4j.Langfuse;
import io.langfuse4j.internal.observed.MethodObserver;
import io.langfuse4j.internal.observed.WayIn;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodClassKey;

/** Observes a call of a bean's method. Thread-safe. */
final class ObserveInterceptor implements MethodInterceptor {

  private final Supplier<Langfuse> langfuse;
  private final Map<MethodClassKey, MethodObserver> observers = new ConcurrentHashMap<>();

  /**
   * Creates an interceptor.
   *
   * @param langfuse asked at every call, never while beans are being made
   */
  ObserveInterceptor(Supplier<Langfuse> langfuse) {
    this.langfuse = langfuse;
  }

  @Override
  public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
    MethodObserver observer = observer(invocation);
    return observer == null
        ? invocation.proceed()
        : observer.call(
            langfuse.get(), WayIn.SPRING, invocation.getArguments(), invocation::proceed);
  }

  private @Nullable MethodObserver observer(MethodInvocation invocation) {
    Object target = invocation.getThis();
    if (target == null) {
      return null;
    }
    MethodClassKey key = new MethodClassKey(invocation.getMethod(), target.getClass());
    MethodObserver known = observers.get(key);
    if (known != null) {
      return known;
    }
    MethodObserver found = ObservedMethods.observer(invocation.getMethod(), target.getClass());
    if (found != null) {
      observers.put(key, found);
    }
    return found;
  }
}
