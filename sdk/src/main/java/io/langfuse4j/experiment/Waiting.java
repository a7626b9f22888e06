package io.langfuse4j.experiment;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for what completes later, and throws what it failed with itself, not what wraps it. */
final class Waiting {

  private Waiting() {}

  static <T extends @Nullable Object> T join(CompletionStage<T> stage) throws Exception {
    return join(stage, null);
  }

  static <T extends @Nullable Object> T join(CompletionStage<T> stage, @Nullable Duration timeout)
      throws Exception {
    return get(stage.toCompletableFuture(), timeout);
  }

  /** Cancels what takes too long, or what nobody waits for any more. */
  static <T extends @Nullable Object> T get(Future<T> future, @Nullable Duration timeout)
      throws Exception {
    try {
      return timeout == null ? future.get() : future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw causeOf(e);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new TimeoutException("not done within " + timeout);
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    }
  }

  private static Exception causeOf(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof Exception cause ? cause : e;
  }
}
