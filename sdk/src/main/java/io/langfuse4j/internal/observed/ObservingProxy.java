package io.langfuse4j.internal.observed;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An implementation of an interface that observes every call and passes it on. An annotation on the
 * method that runs refines it, or else one on the interface's method.
 */
public final class ObservingProxy implements InvocationHandler {

  private final Langfuse langfuse;
  private final Object target;
  private final Map<Method, Observed> methods = new HashMap<>();

  /**
   * A method of the interface.
   *
   * @param accessible the method made accessible, because the interface may be package-private
   */
  private record Observed(Method accessible, MethodObserver observer) {}

  private ObservingProxy(Langfuse langfuse, Class<?> type, Object target) {
    this.langfuse = langfuse;
    this.target = target;
    for (Method method : type.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        method.setAccessible(true);
        methods.put(method, new Observed(method, observer(method, target)));
      }
    }
  }

  public static <T> T create(Langfuse langfuse, Class<T> type, T target) {
    if (!type.isInterface()) {
      throw new IllegalArgumentException(
          type.getName() + " is not an interface; observe its methods with @Observe instead");
    }
    if (isObservedBy(langfuse, target)) {
      return target;
    }
    ObservingProxy handler = new ObservingProxy(langfuse, type, target);
    Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    return type.cast(proxy);
  }

  private static boolean isObservedBy(Langfuse langfuse, Object target) {
    return Proxy.isProxyClass(target.getClass())
        && Proxy.getInvocationHandler(target) instanceof ObservingProxy handler
        && handler.langfuse == langfuse;
  }

  private static MethodObserver observer(Method declared, Object target) {
    Method implementation = implementation(declared, target);
    MethodObserver annotated = MethodObserver.ofImplementation(implementation);
    return annotated != null
        ? annotated
        : MethodObserver.create(declared, declared.getAnnotation(Observe.class), true);
  }

  private static Method implementation(Method declared, Object target) {
    for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
      if (isGenerated(type.getName())) {
        continue;
      }
      try {
        return type.getDeclaredMethod(declared.getName(), declared.getParameterTypes());
      } catch (NoSuchMethodException inherited) {
        // Further up then.
      }
    }
    return declared;
  }

  /** What Spring, Weld and Quarkus generate overrides everything and is annotated with nothing. */
  private static boolean isGenerated(String className) {
    return className.contains("$$")
        || className.endsWith("_ClientProxy")
        || className.endsWith("_Subclass");
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    Observed observed = methods.get(method);
    if (observed == null) {
      return ofObject(proxy, method, arguments);
    }
    Method accessible = observed.accessible();
    return langfuse.isEnabled()
        ? observed
            .observer()
            .call(langfuse, WayIn.PROXY, arguments, () -> forward(accessible, arguments))
        : forward(accessible, arguments);
  }

  /** Two proxies of one target are as equal as the target is to itself. */
  private @Nullable Object ofObject(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("equals") && arguments != null && arguments.length == 1) {
      Object other = arguments[0];
      return proxy == other
          || other != null
              && Proxy.isProxyClass(other.getClass())
              && Proxy.getInvocationHandler(other) instanceof ObservingProxy same
              && same.target.equals(target);
    }
    return forward(method, arguments);
  }

  private @Nullable Object forward(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
