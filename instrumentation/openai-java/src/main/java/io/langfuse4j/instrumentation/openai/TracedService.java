package io.langfuse4j.instrumentation.openai;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a client or service. The library adds methods to its interfaces every few
 * days, so none is implemented here: abstract methods that call a model are traced, convenience
 * overloads run on the proxy and so arrive at those, services are wrapped in turn, and everything
 * else is passed on.
 *
 * <p>Thread-safe.
 */
final class TracedService implements InvocationHandler {

  private final Object target;
  private final CallTracing tracing;
  private final Map<Method, Object> wrapped = new ConcurrentHashMap<>();

  private TracedService(Object target, CallTracing tracing) {
    this.target = target;
    this.tracing = tracing;
  }

  static <T> T wrap(Class<T> type, T target, CallTracing tracing) {
    if (Proxy.isProxyClass(target.getClass())
        && Proxy.getInvocationHandler(target) instanceof TracedService) {
      return target;
    }
    TracedService handler = new TracedService(target, tracing);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return objectMethod(proxy, method, args);
    }
    Route route = Route.of(method);
    return switch (route.kind()) {
      case TRACED ->
          tracing.trace(
              route.operation(),
              method.getName().endsWith("Streaming"),
              args,
              changed -> invokeTarget(method, changed));
      case CONVENIENCE -> InvocationHandler.invokeDefault(proxy, method, args);
      case SERVICE -> service(method, args);
      case PASSED_ON -> invokeTarget(method, args);
    };
  }

  private @Nullable Object service(Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (method.getParameterCount() > 0) {
      return wrapResult(method, invokeTarget(method, args));
    }
    Object known = wrapped.get(method);
    if (known == null) {
      known = wrapResult(method, invokeTarget(method, args));
      if (known != null) {
        wrapped.put(method, known);
      }
    }
    return known;
  }

  private @Nullable Object wrapResult(Method method, @Nullable Object result) {
    return result == null ? null : wrapAs(method.getReturnType(), result);
  }

  private <T> T wrapAs(Class<T> type, Object service) {
    return wrap(type, type.cast(service), tracing);
  }

  private @Nullable Object invokeTarget(Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private Object objectMethod(Object proxy, Method method, @Nullable Object @Nullable [] args) {
    return switch (method.getName()) {
      case "equals" -> args != null && isSame(proxy, args[0]);
      case "hashCode" -> System.identityHashCode(target);
      default -> "Langfuse(" + target + ")";
    };
  }

  private boolean isSame(Object proxy, @Nullable Object other) {
    return other == proxy
        || other != null
            && Proxy.isProxyClass(other.getClass())
            && Proxy.getInvocationHandler(other) instanceof TracedService service
            && service.target == target;
  }
}
