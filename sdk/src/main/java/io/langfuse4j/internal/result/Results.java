package io.langfuse4j.internal.result;

import io.langfuse4j.internal.Warnings;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** Finds the strategy for a result. */
public final class Results {

  /** Class of what a Kotlin function returns that is suspended. */
  private static final String COROUTINE = "kotlin.coroutines.intrinsics.CoroutineSingletons";

  private static final Logger logger = Logger.getLogger("io.langfuse4j");
  private static final Warnings warnings = new Warnings(logger);

  /** Types of libraries whose results a module of ours can follow. */
  private static final Map<String, String> MODULES =
      Map.of(
          "reactor.core.publisher.Mono",
          "langfuse4j-reactor",
          "reactor.core.publisher.Flux",
          "langfuse4j-reactor",
          "org.reactivestreams.Publisher",
          "langfuse4j-async",
          "io.smallrye.mutiny.Uni",
          "langfuse4j-async",
          "io.reactivex.rxjava3.core.SingleSource",
          "langfuse4j-async",
          "io.reactivex.rxjava3.core.MaybeSource",
          "langfuse4j-async",
          "io.reactivex.rxjava3.core.CompletableSource",
          "langfuse4j-async",
          "io.reactivex.rxjava3.core.ObservableSource",
          "langfuse4j-async",
          "kotlinx.coroutines.flow.Flow",
          "langfuse4j-async",
          COROUTINE,
          "langfuse4j-async");

  private static final List<ResultStrategy> STRATEGIES = load();

  /** Stands for classes whose instances are complete results. */
  private static final ResultStrategy PLAIN = new PlainResult();

  private static final ClassValue<ResultStrategy> BY_CLASS =
      new ClassValue<>() {
        @Override
        protected ResultStrategy computeValue(Class<?> type) {
          for (ResultStrategy strategy : STRATEGIES) {
            if (Results.handles(strategy, type)) {
              return strategy;
            }
          }
          return PLAIN;
        }
      };

  private static final ClassValue<Optional<String>> MODULE_OF =
      new ClassValue<>() {
        @Override
        protected Optional<String> computeValue(Class<?> type) {
          return Optional.ofNullable(findModule(type));
        }
      };

  private Results() {}

  private static List<ResultStrategy> load() {
    List<ResultStrategy> strategies = new ArrayList<>();
    try {
      ServiceLoader.load(ResultStrategy.class, Results.class.getClassLoader()).stream()
          .forEach(provider -> add(provider, strategies));
    } catch (ServiceConfigurationError | LinkageError e) {
      warnings.once("strategies", "A module for results could not be loaded.", e);
    }
    strategies.add(new CompletionStageResult());
    strategies.add(new FutureResult());
    strategies.add(new PublisherResult());
    strategies.add(new StreamResult());
    strategies.add(new PrimitiveStreamResult());
    strategies.add(new IteratorResult());
    strategies.add(new InputStreamResult());
    strategies.add(new CloseableResult());
    strategies.add(new IterableResult());
    return List.copyOf(strategies);
  }

  /** A strategy for a library that is not there cannot be loaded, and is not needed. */
  private static void add(
      ServiceLoader.Provider<ResultStrategy> provider, List<ResultStrategy> strategies) {
    try {
      strategies.add(provider.get());
    } catch (NoClassDefFoundError libraryMissing) {
      logger.log(Level.FINE, "Not used: " + provider.type().getName(), libraryMissing);
    }
  }

  private static boolean handles(ResultStrategy strategy, Class<?> type) {
    try {
      return strategy.handles(type);
    } catch (NoClassDefFoundError libraryMissing) {
      return false;
    }
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
    String module = module(result.getClass());
    warnings.once(
        "result " + label,
        label
            + " returns "
            + result.getClass().getName()
            + ", which cannot be followed until it is done; the observation ends when the method"
            + " returns and has no output."
            + (module == null ? "" : " If " + module + " is not there, add it."));
    observation.complete(null);
    return result;
  }

  /** Watches a part of a result that yields its items; what cannot be watched stays itself. */
  static Object watch(Object part, Class<?> declared, OpenObservation observation) {
    Object watched = BY_CLASS.get(part.getClass()).observe(part, declared, observation);
    return watched == null ? part : watched;
  }

  /** Things that produce values later but of which no strategy is known. */
  private static boolean isUnknownStream(Object result) {
    return result instanceof BaseStream || MODULE_OF.get(result.getClass()).isPresent();
  }

  private static @Nullable String module(Class<?> type) {
    return MODULE_OF.get(type).orElse(null);
  }

  private static @Nullable String findModule(@Nullable Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      String module = MODULES.get(c.getName());
      if (module != null) {
        return module;
      }
    }
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> implemented : c.getInterfaces()) {
        String module = findModule(implemented);
        if (module != null) {
          return module;
        }
      }
    }
    return null;
  }

  /**
   * Whether the caller can do with an {@code offered} instead of {@code result}: by the declared
   * type, or, if that says nothing, because the class of the result is not one to cast to.
   */
  public static boolean isReplaceable(
      Object result, @Nullable Class<?> declared, Class<?> offered) {
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
