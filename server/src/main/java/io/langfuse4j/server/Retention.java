package io.langfuse4j.server;

import io.langfuse4j.server.store.RetentionStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the oldest traces once they are too old or too many, a few at a time beside everything
 * else. Thread-safe.
 */
final class Retention implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Retention.class);
  private static final int AT_ONCE = 200;
  private static final Duration FIRST = Duration.ofSeconds(20);
  private static final Duration EVERY = Duration.ofMinutes(5);

  private final RetentionStore store;
  private final @Nullable Duration keep;
  private final long keepBytes;
  private final Clock clock;
  private final AtomicLong deleted = new AtomicLong();
  private final Routine routine = new Routine("langfuse4j-retention", this::run);

  /**
   * @param keep how old a trace may get; null for any age
   * @param keepBytes how much the database may hold; {@link Long#MAX_VALUE} for no bound
   */
  Retention(RetentionStore store, @Nullable Duration keep, long keepBytes, Clock clock) {
    this.store = store;
    this.keep = keep;
    this.keepBytes = keepBytes;
    this.clock = clock;
  }

  /** Starts a thread only if there is a bound. */
  void start() {
    if (keep == null && keepBytes == Long.MAX_VALUE) {
      return;
    }
    routine.start(FIRST, EVERY);
  }

  /** Traces deleted since the start. */
  long deleted() {
    return deleted.get();
  }

  void run() {
    try {
      int count = tooOld() + tooMany();
      if (count > 0) {
        LOGGER.info("{} traces were deleted to keep within the bounds of retention", count);
        store.shrink().join();
      }
    } catch (CompletionException e) {
      LOGGER.warn("Retention could not delete; it is tried again later", e);
    }
  }

  private int tooOld() {
    int all = 0;
    int count = AT_ONCE;
    while (keep != null && count > 0 && !routine.closed()) {
      count = delete(clock.instant().minus(keep));
      all += count;
    }
    return all;
  }

  private int tooMany() {
    int all = 0;
    int count = AT_ONCE;
    while (count > 0 && !routine.closed() && store.liveBytes() > keepBytes) {
      count = delete(null);
      all += count;
    }
    return all;
  }

  private int delete(@Nullable Instant before) {
    int count = store.deleteOldest(before, AT_ONCE).join();
    deleted.addAndGet(count);
    return count;
  }

  @Override
  public void close() {
    routine.close();
  }
}
