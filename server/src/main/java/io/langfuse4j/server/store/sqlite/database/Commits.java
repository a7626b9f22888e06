package io.langfuse4j.server.store.sqlite.database;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells readers whether the writer committed between two moments, so that several connections can
 * open the same snapshot without making it wait. Thread-safe.
 */
public final class Commits {
  private static final long UNDER_WAY = 1;

  /** Odd while a commit is under way. */
  private final AtomicLong stamp = new AtomicLong();

  public interface Commit {
    void run() throws SQLException;
  }

  /** For the one writer. */
  public void during(Commit commit) throws SQLException {
    stamp.incrementAndGet();
    try {
      commit.run();
    } finally {
      stamp.incrementAndGet();
    }
  }

  long stamp() {
    return stamp.get();
  }

  /** Whether a stamp was taken while nothing was committed, and nothing has been since. */
  boolean noneSince(long before) {
    return (before & UNDER_WAY) == 0 && stamp.get() == before;
  }
}
