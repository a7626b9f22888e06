package io.langfuse4j.instrumentation;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the calls of a library that consists of interfaces, such as a client that gives
 * out services; see {@link ServiceProxy}. One for each wrapped client; implementations are
 * thread-safe.
 */
public abstract class ServiceTracing {

  /** What to do with a method. */
  public enum Route {
    /** Goes to {@link #trace}. */
    TRACED,
    /** A default method that calls another one, which is then routed itself. */
    CONVENIENCE,
    /** Returns a service or client that is wrapped in turn. */
    SERVICE,
    /** Returns a helper that goes on to call the service, and must find us there. */
    CALLS_BACK,
    /** Is none of our business. */
    PASSED_ON
  }

  /** The call itself. */
  @FunctionalInterface
  public interface Invocation {
    @Nullable Object proceed(@Nullable Object @Nullable [] args) throws Throwable;
  }

  private final Map<Method, Route> routes = new ConcurrentHashMap<>();

  /** For implementations. */
  protected ServiceTracing() {}

  /** What to do with a method; asked once. */
  protected abstract Route decide(Method method);

  /** Makes the call and observes it. Throws what the call throws. */
  protected abstract @Nullable Object trace(
      Method method, @Nullable Object @Nullable [] args, Invocation invocation) throws Throwable;

  final Route route(Method method) {
    Route known = routes.get(method);
    return known == null ? routes.computeIfAbsent(method, this::decide) : known;
  }
}
