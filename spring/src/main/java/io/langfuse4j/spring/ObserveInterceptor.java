package io.langfuse4j.spring;

import io.langfuse4j.Langfuse;
import io.langfuse4j.internal.observed.MethodObserver;
import io.langfuse4j.internal.observed.ObservedCall;
import io.langfuse4j.internal.observed.WayIn;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodClassKey;
import org.springframework.util.ClassUtils;

/** Observes a call of a bean's method. Thread-safe. */
final class ObserveInterceptor implements MethodInterceptor {

  /** As Spring asks before it takes care of {@code suspend} functions by itself. */
  private static final boolean COROUTINES =
      ClassUtils.isPresent(
          "kotlinx.coroutines.reactor.MonoKt", ObserveInterceptor.class.getClassLoader());

  private final Supplier<Langfuse> bean;
  private volatile @Nullable Langfuse client;
  private final Map<MethodClassKey, MethodObserver> observers = new ConcurrentHashMap<>();

  /**
   * Creates an interceptor.
   *
   * @param bean asked at the first call, not while beans are being made
   */
  ObserveInterceptor(Supplier<Langfuse> bean) {
    this.bean = bean;
  }

  @Override
  public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
    Langfuse langfuse = langfuse();
    if (!langfuse.isEnabled()) {
      return invocation.proceed();
    }
    MethodObserver observer = observer(invocation);
    if (observer == null) {
      return invocation.proceed();
    }
    @Nullable Object[] arguments = invocation.getArguments();
    if (!COROUTINES || !observer.replacesArguments()) {
      return observer.call(langfuse, WayIn.SPRING, arguments, invocation::proceed);
    }
    ObservedCall call = observer.begin(langfuse, WayIn.SPRING, arguments);
    return call == null ? invocation.proceed() : Coroutines.follow(call, invocation);
  }

  /** Remembered, because looking up a bean costs more than observing a call. */
  private Langfuse langfuse() {
    Langfuse known = client;
    if (known == null) {
      known = bean.get();
      client = known;
    }
    return known;
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
