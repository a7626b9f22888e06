package io.langfuse4j.javaagent;

import io.langfuse4j.javaagent.bootstrap.CarriedContext;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** The code that goes into JDK classes: each replaces a task that is handed over. */
@SuppressWarnings({"UnusedAssignment", "UnusedVariable"}) // assigning the parameter is the point
final class ContextAdvice {

  private ContextAdvice() {}

  static final class FirstRunnable {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) Runnable task) {
      task = CarriedContext.wrap(task);
    }
  }

  static final class ThreadsRunnable {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) Runnable task) {
      task = CarriedContext.wrapForThread(task);
    }
  }

  static final class FirstCallable {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) Callable<?> task) {
      task = CarriedContext.wrap(task);
    }
  }

  static final class SecondRunnable {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 1, readOnly = false) Runnable task) {
      task = CarriedContext.wrap(task);
    }
  }

  static final class SecondSupplier {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 1, readOnly = false) Supplier<?> task) {
      task = CarriedContext.wrap(task);
    }
  }

  /** A dependent stage runs elsewhere only if it has an executor. */
  static final class DependentRunnable {
    @Advice.OnMethodEnter
    static void enter(
        @Advice.Argument(0) @Nullable Object executor,
        @Advice.Argument(value = 1, readOnly = false) Runnable task) {
      if (executor != null) {
        task = CarriedContext.wrap(task);
      }
    }
  }

  static final class DependentFunction {
    @Advice.OnMethodEnter
    static void enter(
        @Advice.Argument(0) @Nullable Object executor,
        @Advice.Argument(value = 1, readOnly = false) Function<?, ?> task) {
      if (executor != null) {
        task = CarriedContext.wrap(task);
      }
    }
  }

  static final class DependentConsumer {
    @Advice.OnMethodEnter
    static void enter(
        @Advice.Argument(0) @Nullable Object executor,
        @Advice.Argument(value = 1, readOnly = false) Consumer<?> task) {
      if (executor != null) {
        task = CarriedContext.wrap(task);
      }
    }
  }

  static final class DependentBiFunction {
    @Advice.OnMethodEnter
    static void enter(
        @Advice.Argument(0) @Nullable Object executor,
        @Advice.Argument(value = 1, readOnly = false) BiFunction<?, ?, ?> task) {
      if (executor != null) {
        task = CarriedContext.wrap(task);
      }
    }
  }

  static final class DependentBiConsumer {
    @Advice.OnMethodEnter
    static void enter(
        @Advice.Argument(0) @Nullable Object executor,
        @Advice.Argument(value = 1, readOnly = false) BiConsumer<?, ?> task) {
      if (executor != null) {
        task = CarriedContext.wrap(task);
      }
    }
  }
}
