package io.langfuse4j;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Completes as the stage it watches, after the observation has ended, so that whoever waits for it
 * sees the observation complete. Cancelling it cancels the stage, which a derived stage would not.
 */
final class ObservedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

  private final LangfuseObservation<?> observation;
  private final CompletionStage<T> source;

  ObservedFuture(LangfuseObservation<?> observation, CompletionStage<T> source) {
    this.observation = observation;
    this.source = source;
    source.whenComplete(this::finish);
  }

  private void finish(T value, @Nullable Throwable thrown) {
    if (thrown == null) {
      observation.end();
      complete(value);
    } else {
      observation.fail(unwrap(thrown)).end();
      completeExceptionally(thrown);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (!isDone()) {
      // Before anybody who waits for the result can see it.
      observation.fail(new CancellationException("cancelled by the caller")).end();
    }
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      try {
        source.toCompletableFuture().cancel(mayInterruptIfRunning);
      } catch (UnsupportedOperationException e) {
        // A stage need not be convertible; then its work goes on, unobserved.
        return true;
      }
    }
    return cancelled;
  }

  private static Throwable unwrap(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }
}
