package io.langfuse4j.instrumentation.langchain4j;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseObservation;
import io.langfuse4j.ObservationType;
import io.langfuse4j.internal.Warnings;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Observes steps around model calls: retrieval, tools. What goes wrong here stays here. */
final class Steps {

  private static final Warnings warnings = new Warnings(Logger.getLogger(Steps.class.getName()));

  private Steps() {}

  /**
   * Runs {@code body} inside an observation.
   *
   * @param parent the context to be in, null for the current one
   */
  @SuppressWarnings("try") // the scopes are the point
  static <O extends LangfuseObservation<O>, T> T observe(
      Supplier<Langfuse> langfuse,
      String name,
      ObservationType<O> type,
      @Nullable Context parent,
      Consumer<O> before,
      Supplier<T> body,
      Consumer<Outcome<O, T>> after) {
    try (Scope in = (parent == null ? Context.current() : parent).makeCurrent()) {
      O observation = start(langfuse, name, type, before);
      if (observation == null) {
        return body.get();
      }
      try {
        T result;
        try (Scope scope = observation.makeCurrent()) {
          result = body.get();
        } catch (Throwable t) {
          guarded("failure", () -> observation.fail(t));
          throw t;
        }
        guarded("result", () -> after.accept(new Outcome<>(observation, result)));
        return result;
      } finally {
        observation.end();
      }
    }
  }

  /** What came of a step. */
  record Outcome<O, T>(O observation, T result) {}

  private static <O extends LangfuseObservation<O>> @Nullable O start(
      Supplier<Langfuse> langfuse, String name, ObservationType<O> type, Consumer<O> before) {
    return value(
        "start",
        ignored -> {
          Langfuse client = langfuse.get();
          if (!client.isEnabled()) {
            return null;
          }
          O started = client.startObservation(name, type);
          guarded("description", () -> before.accept(started));
          return started;
        });
  }

  static void guarded(String step, Runnable work) {
    value(
        step,
        ignored -> {
          work.run();
          return null;
        });
  }

  private static <T> @Nullable T value(String step, Function<String, @Nullable T> work) {
    try {
      return work.apply(step);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      warnings.once(
          step + " " + e.getClass().getName(),
          "A step of LangChain4j could not be recorded completely ("
              + step
              + "): "
              + e.getClass().getName()
              + ". The step itself is not affected.",
          e);
      return null;
    }
  }
}
