package io.langfuse4j;

import io.langfuse4j.internal.observed.CallOptions;
import io.langfuse4j.internal.observed.ObservedCall;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns functions into equivalent ones that make an observation of every call; from {@link
 * Langfuse#observed(String)}.
 *
 * <pre>{@code
 * Callable<Answer> observed =
 *     langfuse.observed("ask", AGENT).captureInput(false).callable(() -> ask(question));
 * }</pre>
 *
 * <p>One argument is recorded as it is, two as a list. Results are treated as those of a method
 * with {@link Observe}. Not thread-safe; the functions it makes are.
 */
public final class Observed {

  private final Langfuse langfuse;
  private final CallOptions.Builder options;

  Observed(Langfuse langfuse, String name, ObservationType<?> type) {
    this.langfuse = langfuse;
    this.options = CallOptions.builder(name, type);
  }

  /** Whether arguments are recorded; see {@link LangfuseBuilder#observeIoCapture} if not said. */
  public Observed captureInput(boolean capture) {
    options.captureInput(capture);
    return this;
  }

  /** Whether results are recorded; see {@link LangfuseBuilder#observeIoCapture} if not said. */
  public Observed captureOutput(boolean capture) {
    options.captureOutput(capture);
    return this;
  }

  /** Makes the output of the items of a streamed result. */
  public Observed transform(OutputTransform transform) {
    options.transform(transform);
    return this;
  }

  /** Observes a function; its argument is the input. */
  public <A extends @Nullable Object, R extends @Nullable Object> Function<A, R> function(
      Function<A, R> function) {
    CallOptions chosen = options.build();
    return argument -> {
      ObservedCall call = begin(chosen, argument);
      if (call == null) {
        return function.apply(argument);
      }
      try {
        return call.returned(function.apply(argument));
      } catch (Throwable t) {
        throw call.<RuntimeException>threw(t);
      }
    };
  }

  /** Observes an operator; its operand is the input. */
  public <A extends @Nullable Object> UnaryOperator<A> operator(UnaryOperator<A> operator) {
    return function(operator)::apply;
  }

  /** Observes a function of two arguments; the list of both is the input. */
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      BiFunction<A, B, R> biFunction(BiFunction<A, B, R> function) {
    CallOptions chosen = options.build();
    return (first, second) -> {
      ObservedCall call = begin(chosen, first, second);
      if (call == null) {
        return function.apply(first, second);
      }
      try {
        return call.returned(function.apply(first, second));
      } catch (Throwable t) {
        throw call.<RuntimeException>threw(t);
      }
    };
  }

  /** Observes a supplier; there is no input. */
  public <R extends @Nullable Object> Supplier<R> supplier(Supplier<R> supplier) {
    CallOptions chosen = options.build();
    return () -> {
      ObservedCall call = begin(chosen);
      if (call == null) {
        return supplier.get();
      }
      try {
        return call.returned(supplier.get());
      } catch (Throwable t) {
        throw call.<RuntimeException>threw(t);
      }
    };
  }

  /** Observes a callable; there is no input, and its checked exceptions stay its own. */
  public <R extends @Nullable Object> Callable<R> callable(Callable<R> callable) {
    CallOptions chosen = options.build();
    return () -> {
      ObservedCall call = begin(chosen);
      if (call == null) {
        return callable.call();
      }
      try {
        return call.returned(callable.call());
      } catch (Throwable t) {
        throw call.<Exception>threw(t);
      }
    };
  }

  /** Observes a task; there is neither input nor output. */
  public Runnable runnable(Runnable runnable) {
    CallOptions chosen = options.build();
    return () -> {
      ObservedCall call = begin(chosen);
      if (call == null) {
        runnable.run();
        return;
      }
      try {
        runnable.run();
        call.returnedNothing();
      } catch (Throwable t) {
        throw call.<RuntimeException>threw(t);
      }
    };
  }

  /** Observes a consumer; its argument is the input, and there is no output. */
  public <A extends @Nullable Object> Consumer<A> consumer(Consumer<A> consumer) {
    CallOptions chosen = options.build();
    return argument -> {
      ObservedCall call = begin(chosen, argument);
      if (call == null) {
        consumer.accept(argument);
        return;
      }
      try {
        consumer.accept(argument);
        call.returnedNothing();
      } catch (Throwable t) {
        throw call.<RuntimeException>threw(t);
      }
    };
  }

  private @Nullable ObservedCall begin(CallOptions chosen) {
    return ObservedCall.begin(langfuse, chosen);
  }

  private @Nullable ObservedCall begin(CallOptions chosen, @Nullable Object argument) {
    ObservedCall call = ObservedCall.begin(langfuse, chosen);
    if (call != null && call.capturesInput()) {
      call.input(argument);
    }
    return call;
  }

  private @Nullable ObservedCall begin(
      CallOptions chosen, @Nullable Object first, @Nullable Object second) {
    ObservedCall call = ObservedCall.begin(langfuse, chosen);
    if (call != null && call.capturesInput()) {
      call.input(Arrays.asList(first, second));
    }
    return call;
  }
}
