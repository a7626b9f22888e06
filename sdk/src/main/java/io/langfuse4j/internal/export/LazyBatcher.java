package io.langfuse4j.internal.export;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Batcher} that is started by the first item, because most applications never have one.
 *
 * <p>Thread-safe.
 *
 * @param <T> what is collected
 */
public final class LazyBatcher<T> {

  private final Supplier<Batcher<T>> start;
  private final ExportCounters counters;
  private final Object lock = new Object();
  private volatile @Nullable Batcher<T> batcher;
  private boolean closed;

  /**
   * Creates one that has no thread yet.
   *
   * @param start called once at most
   */
  public LazyBatcher(Supplier<Batcher<T>> start, ExportCounters counters) {
    this.start = start;
    this.counters = counters;
  }

  /** Queues an item, or counts it as lost. */
  public void add(T item) {
    Batcher<T> started = started();
    if (started == null) {
      counters.addLost(ExportCounters.Loss.CLOSED, 1);
    } else {
      started.add(item);
    }
  }

  private @Nullable Batcher<T> started() {
    Batcher<T> existing = batcher;
    if (existing != null) {
      return existing;
    }
    synchronized (lock) {
      if (batcher == null && !closed) {
        batcher = start.get();
      }
      return batcher;
    }
  }

  /** As of {@link Batcher#flush()}; true without a first item. */
  public CompletableFuture<Boolean> flush() {
    Batcher<T> existing = batcher;
    return existing == null ? CompletableFuture.completedFuture(true) : existing.flush();
  }

  /** As of {@link Batcher#flush(Duration)}; true without a first item. */
  public boolean flush(Duration timeout) {
    Batcher<T> existing = batcher;
    return existing == null || existing.flush(timeout);
  }

  /** As of {@link Batcher#close(Duration)}; true without a first item. */
  public boolean close(Duration timeout) {
    Batcher<T> existing;
    synchronized (lock) {
      closed = true;
      existing = batcher;
    }
    return existing == null || existing.close(timeout);
  }
}
