package io.langfuse4j.internal.result;

import java.lang.ref.Reference;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A plain future tells nobody when it is done; whoever asks it finds out for us. */
final class FutureResult implements ResultStrategy {

  @Override
  public boolean handles(Class<?> type) {
    return Future.class.isAssignableFrom(type);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // it is the result, whoever looks at it
  public @Nullable Object observe(
      Object result, @Nullable Class<?> declared, OpenObservation observation) {
    Future<?> future = (Future<?>) result;
    if (future.isDone()) {
      finishDone(future, observation);
      return future;
    }
    if (!isReplaceable(future, declared)) {
      return null;
    }
    WatchedFuture<?> watched = new WatchedFuture<>(future, observation);
    observation.watch(watched);
    return watched;
  }

  /** Where nothing is declared, what an executor returns is held as a Future. */
  private static boolean isReplaceable(Future<?> future, @Nullable Class<?> declared) {
    return Results.isReplaceable(future, declared, Future.class)
        || declared == null && future.getClass() == FutureTask.class;
  }

  /** Does not block: the future is done. */
  private static void finishDone(Future<?> future, OpenObservation observation) {
    if (future.isCancelled()) {
      observation.fail(new CancellationException("cancelled"));
      return;
    }
    try {
      observation.complete(future.get());
    } catch (ExecutionException e) {
      observation.fail(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      observation.complete(null);
    }
  }

  private record WatchedFuture<T>(Future<T> future, OpenObservation observation)
      implements Future<T> {

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = future.cancel(mayInterruptIfRunning);
      look();
      return cancelled;
    }

    @Override
    public boolean isCancelled() {
      return future.isCancelled();
    }

    @Override
    public boolean isDone() {
      return look();
    }

    private boolean look() {
      boolean done = future.isDone();
      if (done) {
        finishDone(future, observation);
      }
      return done;
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
      try {
        return future.get();
      } finally {
        look();
        Reference.reachabilityFence(this);
      }
    }

    @Override
    public T get(long timeout, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      try {
        return future.get(timeout, unit);
      } finally {
        look();
        Reference.reachabilityFence(this);
      }
    }
  }
}
