package io.langfuse4j.server.pricing;

import java.time.Duration;

/**
 * How long one write may spend on counting tokens, everything together. When it is used up the rest
 * stays uncounted. Confined to one thread.
 */
public final class TokenBudget {
  private long nanosLeft;
  private long startedAt;

  public TokenBudget(Duration most) {
    nanosLeft = most.toNanos();
  }

  void start() {
    startedAt = System.nanoTime();
  }

  void stop() {
    nanosLeft -= System.nanoTime() - startedAt;
  }

  /** Between {@link #start} and {@link #stop}, or before. */
  boolean usedUp(boolean running) {
    return nanosLeft <= (running ? System.nanoTime() - startedAt : 0);
  }
}
