package io.langfuse4j.cdi;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import io.langfuse4j.internal.observed.MethodObserver;
import io.langfuse4j.internal.observed.ObservedCall;
import io.langfuse4j.internal.observed.WayIn;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/**
 * Observes a call of a bean's method, outside of most other interceptors. Uses the client that the
 * application provides as a bean, else {@link Langfuse#get()}.
 */
@Observe
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class ObserveInterceptor {

  private final @Nullable Langfuse bean;

  /** Called by the container, once for each bean that is observed. */
  @Inject
  public ObserveInterceptor(Instance<Langfuse> client) {
    this.bean = client.isResolvable() ? client.get() : null;
  }

  /** Called by the container. */
  @AroundInvoke
  public @Nullable Object observe(InvocationContext invocation) throws Exception {
    Langfuse langfuse = bean == null ? Langfuse.get() : bean;
    if (!langfuse.isEnabled()) {
      return invocation.proceed();
    }
    MethodObserver observer = MethodObserver.of(invocation.getMethod());
    if (observer == null) {
      return invocation.proceed();
    }
    @Nullable Object[] parameters = invocation.getParameters();
    ObservedCall call = observer.begin(langfuse, WayIn.CDI, parameters);
    if (call == null) {
      return invocation.proceed();
    }
    if (observer.replacesArguments()) {
      invocation.setParameters(parameters);
    }
    Object result;
    try {
      result = invocation.proceed();
    } catch (Throwable t) {
      call.failed(t);
      throw t;
    }
    return call.returnedObject(result);
  }
}
