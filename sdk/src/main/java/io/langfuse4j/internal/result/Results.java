package io.langfuse4j.internal.result;

import io.langfuse4j.internal.Warnings;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Flow;
import java.util.logging.Logger;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** Finds the strategy for a result. */
public final class Results {

  private static final Warnings warnings = new Warnings(Logger.getLogger("io.langfuse4j"));
  private static final List<ResultStrategy> STRATEGIES = load();

  /** Stands for classes whose instances are complete results. */
  private static final ResultStrategy PLAIN = new PlainResult();

  private static final ClassValue<ResultStrategy> BY_CLASS =
      new ClassValue<>() {
        @Override
        protected ResultStrategy computeValue(Class<?> type) {
          for (ResultStrategy strategy : STRATEGIES) {
            if (strategy.handles(type)) {
              return strategy;
            }
          }
          return PLAIN;
        }
      };

  private Results() {}

  private static List<ResultStrategy> load() {
    List<ResultStrategy> strategies = new ArrayList<>();
    try {
      ServiceLoader.load(ResultStrategy.class, Results.class.getClassLoader())
          .forEach(strategies::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      warnings.once("strategies", "A module for results could not be loaded.", e);
    }
    strategies.add(new CompletionStageResult());
    strategies.add(new FutureResult());
    strategies.add(new PublisherResult());
    strategies.add(new StreamResult());
    strategies.add(new IteratorResult());
    strategies.add(new IterableResult());
    strategies.add(new InputStreamResult());
    return List.copyOf(strategies);
  }

  /** Whether the result is all there is. */
  public static boolean isPlain(Object result) {
    return result instanceof CharSequence
        || BY_CLASS.get(result.getClass()) == PLAIN && !isUnknownStream(result);
  }

  /**
   * Keeps {@code observation} open until the result is there.
   *
   * @param label names the method in warnings
   * @return what the caller gets
   */
  public static Object observe(
      Object result, @Nullable Class<?> declared, OpenObservation observation, String label) {
    Object observed = BY_CLASS.get(result.getClass()).observe(result, declared, observation);
    if (observed != null) {
      return observed;
    }
    warnings.once(
        "result " + label,
        label
            + " returns "
            + result.getClass().getName()
            + ", which cannot be followed until it is done; the observation ends when the method"
            + " returns and has no output.");
    observation.complete(null);
    return result;
  }

  /** Things that produce values later but of which no strategy is known. */
  private static boolean isUnknownStream(Object result) {
    return result instanceof BaseStream
        || result instanceof Flow.Publisher
        || isReactive(result.getClass());
  }

  private static boolean isReactive(@Nullable Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> implemented : c.getInterfaces()) {
        if (implemented.getName().equals("org.reactivestreams.Publisher")
            || isReactive(implemented)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Whether the caller can do with an {@code offered} instead of {@code result}: by the declared
   * type, or, if that says nothing, because the class of the result is not one to cast to.
   */
  static boolean isReplaceable(Object result, @Nullable Class<?> declared, Class<?> offered) {
    if (declared != null && declared != Object.class) {
      return declared.isAssignableFrom(offered);
    }
    return !Modifier.isPublic(result.getClass().getModifiers());
  }

  /** Iterators over what is there already are values like any other. */
  static boolean isIterator(Class<?> type) {
    return Iterator.class.isAssignableFrom(type);
  }

  private static final class PlainResult implements ResultStrategy {
    @Override
    public boolean handles(Class<?> type) {
      return true;
    }

    @Override
    public @Nullable Object observe(
        Object result, @Nullable Class<?> declared, OpenObservation observation) {
      return null;
    }
  }
}
