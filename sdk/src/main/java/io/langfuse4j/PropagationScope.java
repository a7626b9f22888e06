package io.langfuse4j;

import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The block in which propagated attributes apply. It has begun when {@link
 * Langfuse#propagateAttributes} returns, and ends with {@link #close()} on the same thread; {@link
 * #run} and {@link #call} do both around a piece of work.
 */
public final class PropagationScope implements Scope {

  private final Scope scope;

  PropagationScope(Scope scope) {
    this.scope = scope;
  }

  /** Work without a result that may throw. */
  @FunctionalInterface
  public interface Task<X extends Exception> {
    void run() throws X;
  }

  /** Work with a result that may throw. */
  @FunctionalInterface
  public interface ResultTask<T extends @Nullable Object, X extends Exception> {
    T call() throws X;
  }

  /** Runs {@code task} with the attributes and ends the block. */
  public <X extends Exception> void run(Task<X> task) throws X {
    try (this) {
      task.run();
    }
  }

  /** Returns what {@code task} returns and ends the block. */
  public <T extends @Nullable Object, X extends Exception> T call(ResultTask<T, X> task) throws X {
    try (this) {
      return task.call();
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
