package io.langfuse4j.internal.result;

import io.opentelemetry.context.Scope;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * A response that yields its items by one of its methods and must be closed, as clients for server
 * sent events return it. Observed until that method's items are used up or it is closed, if the
 * method that returned it declares an interface.
 */
final class CloseableResult implements ResultStrategy {

  private static final List<Class<?>> YIELDS =
      List.of(
          BaseStream.class,
          Iterator.class,
          Iterable.class,
          Flow.Publisher.class,
          InputStream.class);

  private final IterableResult iterables = new IterableResult();

  @Override
  public boolean handles(Class<?> type) {
    if (!AutoCloseable.class.isAssignableFrom(type) || type.getName().startsWith("java.")) {
      return false;
    }
    return Arrays.stream(type.getMethods()).anyMatch(CloseableResult::yields);
  }

  /** A method without arguments which is about the items, not about the object. */
  private static boolean yields(Method method) {
    return method.getParameterCount() == 0
        && !Modifier.isStatic(method.getModifiers())
        && !Collection.class.isAssignableFrom(method.getReturnType())
        && YIELDS.stream().anyMatch(yielded -> yielded.isAssignableFrom(method.getReturnType()));
  }

  @Override
  public Object observe(Object result, @Nullable Class<?> declared, OpenObservation observation) {
    if (declared == null || !isSource(declared)) {
      if (result instanceof Iterable) {
        return iterables.observe(result, declared, observation);
      }
      // A connection, a file system: a thing, not a stream.
      observation.complete(result);
      return result;
    }
    Object watched =
        Proxy.newProxyInstance(
            declared.getClassLoader(),
            new Class<?>[] {declared},
            new WatchedCloseable(result, observation));
    observation.watch(watched);
    return watched;
  }

  /** Has nothing but ways to get the items, and {@code close}. */
  private static boolean isSource(Class<?> declared) {
    return declared.isInterface()
        && AutoCloseable.class.isAssignableFrom(declared)
        && Arrays.stream(declared.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .filter(CloseableResult::yields)
                .count()
            == 1;
  }

  @SuppressWarnings("try") // the scope is the point
  private record WatchedCloseable(Object source, OpenObservation observation)
      implements InvocationHandler {

    @Override
    public @Nullable Object invoke(
        Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
      if (arguments != null && arguments.length == 1 && arguments[0] == proxy) {
        return forward(method, source); // equals
      }
      boolean closes = method.getName().equals("close") && method.getParameterCount() == 0;
      Object result;
      try (Scope scope = observation.makeCurrent()) {
        result = forward(method, arguments);
      } catch (Throwable t) {
        if (closes || yields(method)) {
          observation.fail(t);
        }
        throw t;
      } finally {
        Reference.reachabilityFence(proxy);
      }
      if (closes) {
        observation.complete();
      }
      // What is watched from now on is the part that yields: this object may be dropped meanwhile.
      return result != null && yields(method)
          ? Results.watch(result, method.getReturnType(), observation)
          : result;
    }

    private @Nullable Object forward(Method method, @Nullable Object @Nullable ... arguments)
        throws Throwable {
      try {
        method.setAccessible(true); // the interface may not be public
        return method.invoke(source, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause() == null ? e : e.getCause();
      }
    }
  }
}
