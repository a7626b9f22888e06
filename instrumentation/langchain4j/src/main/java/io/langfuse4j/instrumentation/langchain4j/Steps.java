package io.langfuse4j.instrumentation.langchain4j;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseObservation;
import io.langfuse4j.ObservationType;
import io.langfuse4j.instrumentation.Guard;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Observes steps around model calls: retrieval, tools. What goes wrong here stays here. */
final class Steps {

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
          Guard.run("failure", () -> observation.fail(t));
          throw t;
        }
        Guard.run("result", () -> after.accept(new Outcome<>(observation, result)));
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
    try {
      Langfuse client = langfuse.get();
      if (!client.isEnabled()) {
        return null;
      }
      O started = client.startObservation(name, type);
      Guard.run("description", () -> before.accept(started));
      return started;
    } catch (RuntimeException | LinkageError e) {
      Guard.report("start", e);
      return null;
    }
  }
}
