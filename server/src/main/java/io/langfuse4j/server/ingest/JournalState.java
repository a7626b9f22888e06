package io.langfuse4j.server.ingest;

import io.langfuse4j.server.store.StoreBusyException;
import io.langfuse4j.server.store.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How far a journal has come: what it has accepted, what of that is on disk, and what the store
 * has. One thread appends and one applies; they and everybody who waits for them meet here.
 * Thread-safe.
 */
final class JournalState {
  /**
   * While more arrives, taking it comes before storing it, which then gets a tenth of the time, and
   * more the more waits; until so much waits, or somebody wants to read.
   */
  private static final long BYTES_AHEAD = 128L << 20;

  private static final long ARRIVING_NANOS = 50_000_000;
  private static final double MOST_PATIENCE = 9;

  private final long limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition appendedMore = lock.newCondition();
  private final Condition appliedMore = lock.newCondition();

  // Guarded by lock.
  private boolean closed;
  private long accepted;
  private long appended;
  private long applied;
  private long bytes;
  private long lastAppended = System.nanoTime() - ARRIVING_NANOS;
  private int waitingReaders;
  private Place durable;
  private Place done;

  /** Up to where the segments hold what was acknowledged; nothing after that is applied. */
  private final Map<Long, Long> ends = new HashMap<>();

  /**
   * @param limit bytes that may wait before more is refused
   * @param done what the store has already
   */
  JournalState(long limit, Place done) {
    this.limit = limit;
    this.done = done;
    this.durable = done;
  }

  /** Frames that were acknowledged before the start, up to a place. */
  void recovered(int frames, long size, Place end) {
    lock.lock();
    try {
      appended += frames;
      accepted = appended;
      bytes += size;
      durable = end;
      ends.put(end.segment(), end.offset());
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param admit called if there is room, before anything else is accepted or the journal closed
   * @throws StoreBusyException when too much waits
   * @throws StoreException when the journal is closed
   */
  void accept(long size, Runnable admit) {
    lock.lock();
    try {
      if (closed) {
        throw new StoreException("The store is closed");
      }
      if (bytes > 0 && bytes + size > limit) {
        throw new StoreBusyException("Too many observations are waiting to be stored");
      }
      bytes += size;
      accepted++;
      admit.run();
    } finally {
      lock.unlock();
    }
  }

  /** Accepts nothing more, and ends {@link #awaitMore}. */
  void close() {
    lock.lock();
    try {
      closed = true;
      appendedMore.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** How many exports the store does not have yet. */
  long waiting() {
    lock.lock();
    try {
      return accepted - applied;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the store has everything that has been acknowledged so far, at most so long.
   *
   * @return whether it has
   */
  boolean settle(Duration patience) {
    lock.lock();
    try {
      long target = appended;
      long left = patience.toNanos();
      waitingReaders++;
      appendedMore.signalAll();
      try {
        while (applied < target && left > 0) {
          left = appliedMore.awaitNanos(left);
        }
      } finally {
        waitingReaders--;
      }
      return applied >= target;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  // Of the appending thread.

  Place durable() {
    lock.lock();
    try {
      return durable;
    } finally {
      lock.unlock();
    }
  }

  void appended(int count, Place end) {
    lock.lock();
    try {
      durable = end;
      ends.put(end.segment(), end.offset());
      appended += count;
      lastAppended = System.nanoTime();
      appendedMore.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What was accepted could not be appended from a place on. */
  void refused(int count, long size, Place place) {
    lock.lock();
    try {
      durable = place.before(durable) ? durable : place;
      accepted -= count;
      bytes -= size;
    } finally {
      lock.unlock();
    }
  }

  // Of the applying thread.

  Place done() {
    lock.lock();
    try {
      return done;
    } finally {
      lock.unlock();
    }
  }

  /** The end of what is durable, once that is further than what is done; null when closed. */
  @Nullable Place awaitMore() {
    lock.lock();
    try {
      while (!closed && !done.before(durable)) {
        appendedMore.await();
      }
      return closed ? null : durable;
    } catch (InterruptedException e) {
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Up to where a segment may be applied. */
  long endOf(long segment) {
    lock.lock();
    try {
      return ends.getOrDefault(segment, 0L);
    } finally {
      lock.unlock();
    }
  }

  /** Leaves the machine to those who send, while they do, for longer than was worked. */
  void giveWay(long workedNanos) {
    lock.lock();
    try {
      double room = 1.0 - (double) bytes / BYTES_AHEAD;
      long until = System.nanoTime() + (long) (MOST_PATIENCE * room * workedNanos);
      while (until - System.nanoTime() > 0
          && !closed
          && waitingReaders == 0
          && bytes < BYTES_AHEAD
          && System.nanoTime() - lastAppended < ARRIVING_NANOS) {
        var unused = appendedMore.awaitNanos(ARRIVING_NANOS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** The store has one more, of so many bytes, up to a place. */
  void applied(long size, Place after) {
    lock.lock();
    try {
      ends.keySet().removeIf(segment -> segment < after.segment());
      done = after;
      applied++;
      bytes -= size;
      appliedMore.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
