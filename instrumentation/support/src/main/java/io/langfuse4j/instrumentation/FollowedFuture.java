package io.langfuse4j.instrumentation;

import java.util.concurrent.CompletableFuture;

/** Completes after the call it stands for has ended; cancelling it cancels the call. */
final class FollowedFuture<T> extends CompletableFuture<T> {

  private final CompletableFuture<?> source;

  FollowedFuture(CompletableFuture<?> source) {
    this.source = source;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    // The source first: its end completes this one, after the observation.
    source.cancel(mayInterruptIfRunning);
    super.cancel(mayInterruptIfRunning);
    return isCancelled();
  }

  /** What is derived from it is an ordinary future. */
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}
