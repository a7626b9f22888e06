package io.langfuse4j.server.store.sqlite.database;

import io.langfuse4j.server.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A read's own connection and those that it is lent while they are free, all on one snapshot. What
 * one connection would read alone, a team reads in parts. Confined to the read's thread.
 */
public final class Team {
  private static final Logger LOGGER = LoggerFactory.getLogger(Team.class);
  private static final int ATTEMPTS = 3;

  private final Readers readers;
  private final Commits commits;
  private final Connection own;
  private final long stamp;

  private Team(Readers readers, Commits commits, Connection own, long stamp) {
    this.readers = readers;
    this.commits = commits;
    this.own = own;
    this.stamp = stamp;
  }

  /** A team around a connection whose transaction has read nothing yet. */
  static Team around(Connection own, Readers readers, Commits commits) throws SQLException {
    long stamp = commits.stamp();
    Readers.openSnapshot(own);
    for (int i = 1; i < ATTEMPTS && !commits.noneSince(stamp); i++) {
      Readers.execute(own, "COMMIT");
      stamp = commits.stamp();
      Readers.execute(own, "BEGIN");
      Readers.openSnapshot(own);
    }
    return new Team(readers, commits, own, stamp);
  }

  /** A piece of a read. */
  public interface Part {
    /**
     * Reads, on any thread, beside other parts.
     *
     * @return takes in what was read; called for one part after another, in their order
     */
    Runnable read(Connection connection) throws SQLException;
  }

  public Connection own() {
    return own;
  }

  /** Reads all parts. After the first failure no other part is begun. */
  public void read(List<Part> parts) throws SQLException {
    Work work = new Work(parts);
    List<CompletableFuture<Void>> helpers = new ArrayList<>();
    Connection lent = null;
    while (helpers.size() < parts.size() - 1 && (lent = hire()) != null) {
      Connection connection = lent;
      helpers.add(readers.start(() -> help(work, connection)));
    }
    work.on(own);
    helpers.forEach(CompletableFuture::join);
    work.rethrow();
  }

  /** A connection that sees what the own one does; null if there is none at the moment. */
  private @Nullable Connection hire() {
    Connection lent = null;
    boolean hired = false;
    try {
      lent = readers.lend();
      if (lent == null) {
        return null;
      }
      Readers.openSnapshot(lent);
      hired = commits.noneSince(stamp);
      return hired ? lent : null;
    } catch (SQLException | StoreException e) {
      LOGGER.debug("A read goes on without help", e);
      return null;
    } finally {
      if (lent != null && !hired) {
        readers.takeBack(lent);
      }
    }
  }

  private void help(Work work, Connection lent) {
    try {
      work.on(lent);
    } finally {
      readers.takeBack(lent);
    }
  }

  /** The parts that are still to be done. Thread-safe. */
  private static final class Work {
    private final List<Part> parts;
    private final AtomicInteger next = new AtomicInteger();
    private final Object lock = new Object();

    // Guarded by lock.
    private final Map<Integer, Runnable> early = new HashMap<>();
    private int taken;
    private @Nullable Throwable failure;

    Work(List<Part> parts) {
      this.parts = parts;
    }

    void on(Connection connection) {
      try {
        for (int i = next.getAndIncrement(); i < parts.size(); i = next.getAndIncrement()) {
          take(i, parts.get(i).read(connection));
        }
      } catch (SQLException | RuntimeException | Error e) {
        fail(e);
      }
    }

    private void take(int number, Runnable result) {
      synchronized (lock) {
        early.put(number, result);
        for (Runnable ready = early.remove(taken); ready != null; ready = early.remove(taken)) {
          taken++;
          ready.run();
        }
      }
    }

    private void fail(Throwable e) {
      next.set(parts.size());
      synchronized (lock) {
        if (failure == null) {
          failure = e;
        }
      }
    }

    void rethrow() throws SQLException {
      Throwable first;
      synchronized (lock) {
        first = failure;
      }
      if (first instanceof SQLException e) {
        throw e;
      }
      if (first instanceof RuntimeException e) {
        throw e;
      }
      if (first instanceof Error e) {
        throw e;
      }
      if (first != null) {
        throw new StoreException("The store could not read", first);
      }
    }
  }
}
