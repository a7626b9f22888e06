package io.langfuse4j.server.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/**
 * Runs so many tasks at once, the others in their order behind them. When all that run have been
 * waiting for something for a while, and none came back soon, those that wait and those that come
 * are refused until it goes on. Thread-safe.
 */
final class Bulkhead {
  private final Executor threads;
  private final int most;
  private final long stallNanos;
  private final Object lock = new Object();

  // Guarded by lock.
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int running;
  private long moved;

  private record Waiting(Runnable task, Runnable refusal) {}

  /**
   * @param stall how long nothing may go on before tasks are refused
   */
  Bulkhead(Executor threads, int most, Duration stall) {
    this.threads = threads;
    this.most = most;
    this.stallNanos = stall.toNanos();
  }

  /**
   * Runs one of the two, once; neither on the thread of the caller, unless it is refused at once.
   *
   * @param timers where to look after a task that waits
   */
  void execute(XnioExecutor timers, Runnable task, Runnable refusal) {
    Waiting entry = new Waiting(task, refusal);
    boolean starts;
    boolean refused;
    synchronized (lock) {
      starts = running < most;
      refused = !starts && stalled();
      if (starts) {
        running++;
        moved = System.nanoTime();
      } else if (!refused) {
        waiting.add(entry);
      }
    }
    if (starts) {
      threads.execute(() -> runAll(task));
    } else if (refused) {
      refusal.run();
    } else {
      watch(timers, entry);
    }
  }

  private boolean stalled() {
    return System.nanoTime() - moved > stallNanos;
  }

  private void watch(XnioExecutor timers, Waiting entry) {
    var unused =
        timers.executeAfter(() -> look(timers, entry), stallNanos + 1, TimeUnit.NANOSECONDS);
  }

  private void look(XnioExecutor timers, Waiting entry) {
    boolean refused;
    synchronized (lock) {
      refused = stalled();
      boolean stillThere = refused ? waiting.remove(entry) : waiting.contains(entry);
      if (!stillThere) {
        return;
      }
    }
    if (refused) {
      entry.refusal.run();
    } else {
      watch(timers, entry);
    }
  }

  private void runAll(Runnable first) {
    @Nullable Runnable task = first;
    while (task != null) {
      long begun = System.nanoTime();
      try {
        task.run();
      } finally {
        task = next(begun);
      }
    }
  }

  /** What took long was most likely given up: that says nothing of things going on. */
  private @Nullable Runnable next(long begun) {
    synchronized (lock) {
      long now = System.nanoTime();
      if (now - begun < stallNanos) {
        moved = now;
      }
      Waiting entry = waiting.poll();
      if (entry == null) {
        running--;
      }
      return entry == null ? null : entry.task;
    }
  }
}
