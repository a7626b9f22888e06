package io.langfuse4j.internal.export;

import io.langfuse4j.internal.export.Endpoint.Attempt;
import io.langfuse4j.internal.export.Endpoint.Outcome;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Repeats attempts while the server cannot be reached, as the {@link RetryPolicy} says.
 *
 * <p>Confined to the exporting thread, but for {@link #hurry()}.
 */
public final class Patience {

  private final RetryPolicy retry;
  private final ExportCounters counters;
  private final CountDownLatch hurried = new CountDownLatch(1);

  /**
   * Creates one for a sender.
   *
   * @param total how long a batch is tried
   */
  public Patience(Duration total, ExportCounters counters) {
    this.retry = RetryPolicy.within(total);
    this.counters = counters;
  }

  /** Attempts until the outcome is another than that the server is away, or time is up. */
  public Outcome deliver(Supplier<Attempt> attempts) {
    long giveUpAt = System.nanoTime() + retry.total().toNanos();
    for (int failures = 1; ; failures++) {
      Attempt attempt = attempts.get();
      if (attempt.outcome() != Outcome.UNAVAILABLE) {
        return attempt.outcome();
      }
      long wait = Math.max(retry.waitNanos(failures), attempt.retryAfterNanos());
      if (wait > giveUpAt - System.nanoTime() || isHurried(wait)) {
        return Outcome.UNAVAILABLE;
      }
      counters.addRetry();
    }
  }

  /** Waits; true if the client is being closed, so that no further attempt is worth its time. */
  private boolean isHurried(long waitNanos) {
    try {
      return hurried.await(waitNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Makes whoever waits for another attempt give up. */
  public void hurry() {
    hurried.countDown();
  }
}
