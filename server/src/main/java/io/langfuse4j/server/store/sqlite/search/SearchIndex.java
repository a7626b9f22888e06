package io.langfuse4j.server.store.sqlite.search;

import io.langfuse4j.server.store.sqlite.database.Database;
import io.langfuse4j.server.store.sqlite.database.Readers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which traces have which words. {@link SearchFile} is fed behind the writer by one thread, so that
 * ingest does not wait for it; it knows how far it has come and goes on from there. Nothing is lost
 * with the file: it is built again from the database. Thread-safe.
 */
public final class SearchIndex implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(SearchIndex.class);

  private static final int BATCH = 2_000;
  private static final long IDLE_MILLIS = 200;

  /** While the writer is busy, it is left that many times as long as a batch took. */
  private static final long POLITENESS = 10;

  private static final long AFTER_FAILURE_MILLIS = 5_000;

  private final Readers readers;
  private final BooleanSupplier writing;
  private final Runnable requeued;
  private final SearchFile file;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Semaphore wanted = new Semaphore(0);
  private final Condition progressed = lock.newCondition();

  // Guarded by lock.
  private boolean closed;
  private SearchProgress done;

  private SearchIndex(Readers readers, SearchFile file, BooleanSupplier writing, Runnable requeued)
      throws SQLException {
    this.readers = readers;
    this.writing = writing;
    this.requeued = requeued;
    this.file = file;
    this.done = file.progress();
    this.thread = new Thread(this::run, "langfuse4j-search-index");
    this.thread.setDaemon(true);
  }

  /**
   * Opens the index beside a database, anew if it is not usable.
   *
   * @param writing whether the writer has work, which comes first
   * @param requeued called after queued traces have been taken in, so that the queue can be emptied
   */
  public static SearchIndex open(
      Database database, Readers readers, BooleanSupplier writing, Runnable requeued)
      throws SQLException {
    SearchIndex index = new SearchIndex(readers, SearchFile.open(database), writing, requeued);
    index.forgetAnotherDatabase();
    index.thread.start();
    return index;
  }

  /** An index that is ahead of its database was made for another one, such as before a restore. */
  private void forgetAnotherDatabase() throws SQLException {
    if (!newest().reaches(done())) {
      LOGGER.info("The search index is built anew: it is ahead of the database");
      file.clear();
      finished(file.progress());
    }
  }

  /** How far the queue has been taken in. */
  public long queuedDone() {
    return done().queued();
  }

  /** How many observations are stored but not yet to be found by their words. */
  public long behind() {
    long newest = newest().observation();
    lock.lock();
    try {
      return Math.max(0, newest - done.observation());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all that can be read now can also be found, at most so long.
   *
   * @return whether it is so
   */
  public boolean catchUp(Duration patience) {
    SearchProgress target = newest();
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!done.reaches(target) && !closed) {
        wanted.release();
        if (left <= 0) {
          return false;
        }
        left = progressed.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Stops feeding, which reads the database. */
  public void stop() {
    lock.lock();
    try {
      closed = true;
      wanted.release();
      progressed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** To be called when nobody reads any more, so that one tidy file is left. */
  @Override
  public void close() throws SQLException {
    stop();
    file.close();
  }

  private SearchProgress newest() {
    return readers.read(SearchProgress::newest);
  }

  private void run() {
    long pause = IDLE_MILLIS;
    while (waited(pause)) {
      long before = System.nanoTime();
      try {
        boolean more = indexBatch();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        pause = !more ? IDLE_MILLIS : writing.getAsBoolean() ? POLITENESS * took : 0;
      } catch (SQLException | RuntimeException e) {
        if (!isClosed()) {
          LOGGER.warn("The search index is behind; it is tried again", e);
        }
        pause = AFTER_FAILURE_MILLIS;
      }
    }
  }

  /** Waits until it is time or somebody searches; false if the index is to stop. */
  private boolean waited(long millis) {
    try {
      var unused = wanted.tryAcquire(millis, TimeUnit.MILLISECONDS);
      wanted.drainPermits();
      return !isClosed();
    } catch (InterruptedException e) {
      return false;
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Takes in what comes next; false if nothing was left. */
  private boolean indexBatch() throws SQLException {
    SearchProgress from = done();
    SearchBatch batch = readers.read(main -> SearchBatch.read(main, from, BATCH));
    if (batch.to().equals(from)) {
      return false;
    }
    file.add(batch);
    finished(batch.to());
    if (batch.to().queued() > from.queued()) {
      requeued.run();
    }
    return true;
  }

  private SearchProgress done() {
    lock.lock();
    try {
      return done;
    } finally {
      lock.unlock();
    }
  }

  private void finished(SearchProgress to) {
    lock.lock();
    try {
      done = to;
      progressed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
