package io.langfuse4j.internal.result;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Futures that the caller was given themselves. Whoever waits for one may go on before the thread
 * that completes it has told us; what goes on to flush or close must find the observation all the
 * same. Thread-safe.
 */
public final class PendingStages {

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  private static final Set<Pending> PENDING = ConcurrentHashMap.newKeySet();

  private PendingStages() {}

  /** Weak, because a future that nobody holds is to be found abandoned. */
  private static final class Pending {

    private final WeakReference<CompletableFuture<?>> future;
    private final OpenObservation observation;

    Pending(CompletableFuture<?> future, OpenObservation observation) {
      this.future = new WeakReference<>(future);
      this.observation = observation;
    }
  }

  /** Remembers the future until the observation has ended. */
  static void add(CompletableFuture<?> future, OpenObservation observation) {
    Pending pending = new Pending(future, observation);
    PENDING.add(pending);
    observation.afterEnd(() -> PENDING.remove(pending));
  }

  /** Ends the observation as the stage did. */
  static void end(OpenObservation observation, @Nullable Object value, @Nullable Throwable thrown) {
    if (thrown == null) {
      observation.complete(value);
    } else {
      observation.fail(unwrap(thrown));
    }
  }

  private static Throwable unwrap(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  /**
   * Ends the observations of all futures that are done, or waits for those who are about to.
   *
   * @param timeout for all of them; a second is enough for a thread that is about to
   */
  public static void settle(Duration timeout) {
    Duration patience = timeout.compareTo(PATIENCE) < 0 ? timeout : PATIENCE;
    long deadline = System.nanoTime() + (patience.isNegative() ? 0 : patience.toNanos());
    for (Pending pending : PENDING) {
      CompletableFuture<?> future = pending.future.get();
      if (future != null && future.isDone()) {
        settle(future, pending, deadline);
      }
    }
  }

  private static void settle(CompletableFuture<?> future, Pending pending, long deadline) {
    try {
      Object value = future.join();
      end(pending.observation, value, null);
    } catch (RuntimeException thrown) {
      end(pending.observation, null, thrown);
    }
    while (PENDING.contains(pending)
        && !pending.observation.isEndingHere()
        && deadline - System.nanoTime() > 0) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
