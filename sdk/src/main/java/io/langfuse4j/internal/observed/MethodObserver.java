package io.langfuse4j.internal.observed;

import io.langfuse4j.Langfuse;
import io.langfuse4j.ObservationType;
import io.langfuse4j.Observe;
import io.langfuse4j.OutputTransform;
import io.langfuse4j.TraceContext;
import io.langfuse4j.internal.Warnings;
import io.opentelemetry.context.Context;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One reading of one method: what its observations are called, what is recorded. Every way in asks
 * for it and so they agree; that there is one per method is how they recognise each other's calls.
 *
 * <p>Immutable.
 */
public final class MethodObserver {

  private static final Logger logger = Logger.getLogger("io.langfuse4j");
  private static final Warnings warnings = new Warnings(logger);
  private static final @Nullable SuspendingCalls SUSPENDING = loadSuspending();
  private static final int NONE = -1;

  private final CallOptions options;
  private final @Nullable String[] inputNames;
  private final boolean hasInput;
  private final int traceParameter;
  private final @Nullable SuspendingCalls suspending;

  private MethodObserver(
      CallOptions options,
      @Nullable String[] inputNames,
      int traceParameter,
      @Nullable SuspendingCalls suspending) {
    this.suspending = suspending;
    this.options = options;
    this.inputNames = inputNames;
    this.traceParameter = traceParameter;
    boolean any = false;
    for (String name : inputNames) {
      any |= name != null;
    }
    this.hasInput = any;
  }

  /**
   * The observer of a method that is annotated, itself or through its class; else null.
   *
   * @param method as it is declared by the class whose code runs, not by an interface
   */
  public static @Nullable MethodObserver of(Method method) {
    return ObservedClass.ofRunning(method.getDeclaringClass()).observer(method);
  }

  /** The same for proxies of interfaces, whose own annotations count. */
  static @Nullable MethodObserver ofImplementation(Method method) {
    return ObservedClass.of(method.getDeclaringClass()).observer(method);
  }

  /** The same for woven code, which knows its method by name and descriptor. */
  static @Nullable MethodObserver of(Class<?> type, String nameAndDescriptor) {
    return ObservedClass.ofRunning(type).observer(nameAndDescriptor);
  }

  /**
   * Observes a method whether or not it is annotated.
   *
   * @param observe null applies the defaults
   */
  static MethodObserver create(Method method, @Nullable Observe observe, boolean ownAnnotation) {
    String given = observe == null || !ownAnnotation ? "" : observe.name();
    String name = given.isEmpty() ? method.getName() : given;
    CallOptions.Builder options =
        observe == null
            ? CallOptions.builder(name, ObservationType.SPAN)
            : CallOptions.of(observe, name).transform(transform(observe, method));
    options.returnType(method.getReturnType()).label(label(method));
    return new MethodObserver(
        options.build(), inputNames(method), traceParameter(method), suspending(method));
  }

  static String label(Method method) {
    return method.getDeclaringClass().getName() + "." + method.getName();
  }

  private static @Nullable OutputTransform transform(Observe observe, Method method) {
    Class<? extends OutputTransform> type = observe.transform();
    if (type == OutputTransform.class) {
      return null;
    }
    try {
      Constructor<? extends OutputTransform> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      warnings.once(
          "transform " + type.getName(),
          type.getName()
              + ", the transform of "
              + label(method)
              + ", cannot be made: it needs a constructor without parameters. It is ignored.",
          e);
      return null;
    }
  }

  private static int traceParameter(Method method) {
    Class<?>[] types = method.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      if (types[i] == TraceContext.class) {
        return i;
      }
    }
    return NONE;
  }

  private static @Nullable String[] inputNames(Method method) {
    java.lang.reflect.Parameter[] parameters = method.getParameters();
    @Nullable String[] names = new @Nullable String[parameters.length];
    String[] declared = null;
    for (int i = 0; i < names.length; i++) {
      Observe.Parameter chosen = parameters[i].getAnnotation(Observe.Parameter.class);
      boolean left = chosen != null && !chosen.capture();
      if (left || isMachinery(parameters[i].getType())) {
        continue;
      }
      if (chosen != null && !chosen.value().isEmpty()) {
        names[i] = chosen.value();
        continue;
      }
      if (declared == null) {
        declared = ParameterNames.of(method);
      }
      names[i] = declared[i];
    }
    return names;
  }

  private static boolean isMachinery(Class<?> type) {
    return type == TraceContext.class || isContinuation(type);
  }

  private static boolean isContinuation(Class<?> type) {
    return type.getName().equals("kotlin.coroutines.Continuation");
  }

  private static @Nullable SuspendingCalls suspending(Method method) {
    Class<?>[] types = method.getParameterTypes();
    return types.length > 0 && isContinuation(types[types.length - 1]) ? SUSPENDING : null;
  }

  private static @Nullable SuspendingCalls loadSuspending() {
    try {
      return ServiceLoader.load(SuspendingCalls.class, MethodObserver.class.getClassLoader())
          .findFirst()
          .orElse(null);
    } catch (ServiceConfigurationError | LinkageError e) {
      logger.log(Level.FINE, "Suspending functions are not followed", e);
      return null;
    }
  }

  /**
   * Begins a call. A continuation among the arguments is replaced by one that reports to the call.
   *
   * @return null if nothing is to be done: tracing is off, or another way in observes this call
   */
  public @Nullable ObservedCall begin(
      Langfuse langfuse, WayIn way, @Nullable Object @Nullable [] arguments) {
    if (!langfuse.isEnabled()
        || isResumption(arguments)
        || ObservedCall.isObservedAlready(this, way)) {
      return null;
    }
    Context outside = suspending == null ? null : Context.current();
    ObservedCall call = ObservedCall.begin(langfuse, options, joined(arguments), this, way);
    if (call == null || arguments == null) {
      return call;
    }
    if (hasInput && call.capturesInput()) {
      call.input(input(arguments));
    }
    if (suspending != null && outside != null) {
      follow(suspending, call, outside, arguments);
    }
    return call;
  }

  /** Whether {@link #begin} may replace an argument. */
  public boolean replacesArguments() {
    return suspending != null;
  }

  private boolean isResumption(@Nullable Object @Nullable [] arguments) {
    if (suspending == null || arguments == null) {
      return false;
    }
    Object continuation = arguments[arguments.length - 1];
    return continuation != null && suspending.isResumption(continuation);
  }

  private static void follow(
      SuspendingCalls how, ObservedCall call, Context outside, @Nullable Object[] arguments) {
    int last = arguments.length - 1;
    Object continuation = arguments[last];
    if (continuation != null) {
      arguments[last] = how.observed(continuation, call.suspendable(how, outside));
    }
  }

  private @Nullable TraceContext joined(@Nullable Object @Nullable [] arguments) {
    return traceParameter == NONE || arguments == null
        ? null
        : (TraceContext) arguments[traceParameter];
  }

  private Map<String, @Nullable Object> input(@Nullable Object[] arguments) {
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    for (int i = 0; i < inputNames.length; i++) {
      String name = inputNames[i];
      if (name != null) {
        input.put(name, arguments[i]);
      }
    }
    return input;
  }

  /** The work that a call consists of. */
  @FunctionalInterface
  public interface Body {
    @Nullable Object proceed() throws Throwable;
  }

  /** Observes {@code body}, for ways in that wrap a call in code of their own. */
  public @Nullable Object call(
      Langfuse langfuse, WayIn way, @Nullable Object @Nullable [] arguments, Body body)
      throws Throwable {
    ObservedCall call = begin(langfuse, way, arguments);
    if (call == null) {
      return body.proceed();
    }
    Object result;
    try {
      result = body.proceed();
    } catch (Throwable t) {
      call.failed(t);
      throw t;
    }
    return call.returnedObject(result);
  }
}
