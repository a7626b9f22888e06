package io.langfuse4j.internal.export;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a request is tried again: after 0.5 s, 1 s, 2 s and so on up to 10 s, half of each wait
 * drawn by chance, until {@code total} has passed. A {@code Retry-After} of the server is kept if
 * it is longer.
 *
 * @param first the first wait
 * @param longest no wait is longer, unless the server asks for it
 * @param total no retry starts later than this after the first attempt
 */
public record RetryPolicy(Duration first, Duration longest, Duration total) {

  public static RetryPolicy within(Duration total) {
    return new RetryPolicy(Duration.ofMillis(500), Duration.ofSeconds(10), total);
  }

  public static boolean isRetryable(int status) {
    return switch (status) {
      case 408, 429, 502, 503, 504 -> true;
      default -> false;
    };
  }

  /** Nanoseconds to wait before the attempt that follows {@code failures} failed ones. */
  public long waitNanos(int failures) {
    long exponential = first.toNanos() << Math.min(failures - 1, 20);
    long bounded = Math.min(exponential, longest.toNanos());
    return bounded / 2 + (long) (ThreadLocalRandom.current().nextDouble() * bounded / 2);
  }

  /**
   * What the server asks to wait, in nanoseconds.
   *
   * @param retryAfter the header; null if there is none
   * @return 0 if it does not say. Seconds only: a date is rare here, and a normal wait does as well
   */
  public static long retryAfterNanos(@Nullable String retryAfter) {
    try {
      return retryAfter == null
          ? 0
          : TimeUnit.SECONDS.toNanos(Math.max(0, Long.parseLong(retryAfter.strip())));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
