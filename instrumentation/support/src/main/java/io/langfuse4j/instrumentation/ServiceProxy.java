package io.langfuse4j.instrumentation;

import io.langfuse4j.instrumentation.ServiceTracing.Route;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a client or service that is an interface. Libraries that are generated add
 * methods to their interfaces every few days, so none is implemented here: {@link ServiceTracing}
 * says which methods are traced, convenience overloads run on the proxy and so arrive at those,
 * services are wrapped in turn, and everything else is passed on.
 *
 * <p>Thread-safe.
 */
public final class ServiceProxy implements InvocationHandler {

  private final Object target;
  private final ServiceTracing tracing;
  private final Map<Method, Object> wrapped = new ConcurrentHashMap<>();

  private ServiceProxy(Object target, ServiceTracing tracing) {
    this.target = target;
    this.tracing = tracing;
  }

  /** Traces {@code target}. What is wrapped already stays as it is. */
  public static <T> T wrap(Class<T> type, T target, ServiceTracing tracing) {
    if (isWrapped(target)) {
      return target;
    }
    ServiceProxy handler = new ServiceProxy(target, tracing);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** Whether {@code client} is traced already. */
  public static boolean isWrapped(Object client) {
    return Proxy.isProxyClass(client.getClass())
        && Proxy.getInvocationHandler(client) instanceof ServiceProxy;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return objectMethod(proxy, method, args);
    }
    Route route = tracing.route(method);
    return switch (route) {
      case TRACED -> tracing.trace(method, args, changed -> invokeTarget(method, changed));
      case CONVENIENCE -> InvocationHandler.invokeDefault(proxy, method, args);
      case SERVICE -> service(method, args);
      case CALLS_BACK -> callingBack(proxy, invokeTarget(method, args));
      case PASSED_ON -> invokeTarget(method, args);
    };
  }

  /** Puts the proxy where a helper keeps the service. A helper without such a field stays. */
  private @Nullable Object callingBack(Object proxy, @Nullable Object helper) {
    if (helper != null) {
      Guard.run("helper", () -> replaceTarget(proxy, helper, true));
    }
    return helper;
  }

  /** In the helper and in what it consists of, which is in the same package. */
  private void replaceTarget(Object proxy, Object helper, boolean withParts) {
    try {
      for (Field field : helper.getClass().getDeclaredFields()) {
        boolean holdsService = field.getType().isInterface() && field.getType().isInstance(proxy);
        boolean isPart =
            withParts && field.getType().getPackage() == helper.getClass().getPackage();
        if (!Modifier.isStatic(field.getModifiers())
            && (holdsService || isPart)
            && field.trySetAccessible()) {
          Object value = field.get(helper);
          if (holdsService && value == target) {
            field.set(helper, proxy);
          } else if (isPart && value != null) {
            replaceTarget(proxy, value, false);
          }
        }
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
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
            && Proxy.getInvocationHandler(other) instanceof ServiceProxy service
            && service.target == target;
  }
}
