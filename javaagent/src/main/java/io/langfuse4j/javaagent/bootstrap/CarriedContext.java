package io.langfuse4j.javaagent.bootstrap;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RunnableFuture;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is current where a task is handed over to where it runs. The SDK says how: one
 * function takes a picture of the current context, and the picture puts it back. Where nothing is
 * current tasks stay what they are.
 *
 * <p>Thread-safe.
 */
@SuppressWarnings({"try", "overloads"}) // closing restores; woven code says which overload
public final class CarriedContext {

  /** What was current; made so again until it is closed. */
  public interface Restored extends AutoCloseable {
    @Override
    void close();
  }

  private static volatile @Nullable Supplier<@Nullable Supplier<AutoCloseable>> capture;

  private CarriedContext() {}

  /** Called by the SDK, through reflection. The last one counts. */
  public static void register(Supplier<@Nullable Supplier<AutoCloseable>> how) {
    capture = how;
  }

  private static @Nullable Supplier<AutoCloseable> captured() {
    Supplier<@Nullable Supplier<AutoCloseable>> how = capture;
    try {
      return how == null ? null : how.get();
    } catch (RuntimeException | LinkageError e) {
      return null;
    }
  }

  /** Tasks that are compared, cancelled or adapted by their class stay as they are. */
  private static boolean isTakenAsItIs(@Nullable Object task) {
    return task == null
        || task instanceof RunnableFuture
        || task instanceof ForkJoinTask
        || task instanceof Comparable
        || task instanceof CompletableFuture.AsynchronousCompletionTask;
  }

  public static Runnable wrap(Runnable task) {
    return isTakenAsItIs(task) ? task : wrapForThread(task);
  }

  /** For what a thread of its own runs: nobody gets to see it again, so its class is no matter. */
  public static Runnable wrapForThread(Runnable task) {
    Supplier<AutoCloseable> context = task == null ? null : captured();
    return context == null
        ? task
        : () -> {
          try (Restored restored = restore(context)) {
            task.run();
          }
        };
  }

  public static <T> Callable<T> wrap(Callable<T> task) {
    Supplier<AutoCloseable> context = task == null ? null : captured();
    return context == null
        ? task
        : () -> {
          try (Restored restored = restore(context)) {
            return task.call();
          }
        };
  }

  public static <T> Supplier<T> wrap(Supplier<T> task) {
    Supplier<AutoCloseable> context = task == null ? null : captured();
    return context == null
        ? task
        : () -> {
          try (Restored restored = restore(context)) {
            return task.get();
          }
        };
  }

  public static <A, R> Function<A, R> wrap(Function<A, R> task) {
    Supplier<AutoCloseable> context = task == null ? null : captured();
    return context == null
        ? task
        : argument -> {
          try (Restored restored = restore(context)) {
            return task.apply(argument);
          }
        };
  }

  public static <A> Consumer<A> wrap(Consumer<A> task) {
    Supplier<AutoCloseable> context = task == null ? null : captured();
    return context == null
        ? task
        : argument -> {
          try (Restored restored = restore(context)) {
            task.accept(argument);
          }
        };
  }

  public static <A, B, R> BiFunction<A, B, R> wrap(BiFunction<A, B, R> task) {
    Supplier<AutoCloseable> context = task == null ? null : captured();
    return context == null
        ? task
        : (first, second) -> {
          try (Restored restored = restore(context)) {
            return task.apply(first, second);
          }
        };
  }

  public static <A, B> BiConsumer<A, B> wrap(BiConsumer<A, B> task) {
    Supplier<AutoCloseable> context = task == null ? null : captured();
    return context == null
        ? task
        : (first, second) -> {
          try (Restored restored = restore(context)) {
            task.accept(first, second);
          }
        };
  }

  private static Restored restore(Supplier<AutoCloseable> context) {
    AutoCloseable scope = context.get();
    return () -> {
      try {
        scope.close();
      } catch (Exception e) {
        throw new IllegalStateException(e); // a scope does not throw
      }
    };
  }
}
