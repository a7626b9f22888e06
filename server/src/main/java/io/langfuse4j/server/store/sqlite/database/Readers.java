package io.langfuse4j.server.store.sqlite.database;

import io.langfuse4j.server.store.StoreBusyException;
import io.langfuse4j.server.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few connections that read beside the writer, each read on one snapshot. Reads of very many rows
 * are lent a few more, which are not taken from anybody else's reads. Thread-safe.
 */
public final class Readers implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Readers.class);
  private static final long PATIENCE_SECONDS = 10;

  private final Opener opener;
  private final Commits commits;
  private final int limit;
  private final Semaphore permits;
  private final Semaphore spare;
  private final ExecutorService helpers = Executors.newCachedThreadPool(Readers::thread);
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final Object lock = new Object();
  private boolean closed;

  /**
   * @param limit how many reads there may be at once
   * @param spare how many connections more may be lent to them
   */
  public Readers(Opener opener, Commits commits, int limit, int spare) {
    this.opener = opener;
    this.commits = commits;
    this.limit = limit;
    this.permits = new Semaphore(limit, true);
    this.spare = new Semaphore(spare);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "langfuse4j-read-helper");
    thread.setDaemon(true);
    return thread;
  }

  public interface Opener {
    Connection open() throws SQLException;
  }

  public interface Read<T> {
    T apply(Connection connection) throws SQLException;
  }

  public interface TeamRead<T> {
    T apply(Team team) throws SQLException;
  }

  /** As {@link #read}, for what can be read in parts beside each other. */
  public <T> T readTogether(TeamRead<T> work) {
    return read(connection -> work.apply(Team.around(connection, this, commits)));
  }

  /** A connection in a transaction that has read nothing yet; null if none is spare. */
  @Nullable Connection lend() throws SQLException {
    if (!spare.tryAcquire()) {
      return null;
    }
    boolean lent = false;
    try {
      Connection connection = take();
      execute(connection, "BEGIN");
      lent = true;
      return connection;
    } finally {
      if (!lent) {
        spare.release();
      }
    }
  }

  void takeBack(Connection lent) {
    try {
      try {
        execute(lent, "COMMIT");
      } catch (SQLException e) {
        lent.close();
        throw e;
      }
      giveBack(lent);
    } catch (SQLException e) {
      LOGGER.debug("A connection that was lent is not used again", e);
    } finally {
      spare.release();
    }
  }

  CompletableFuture<Void> start(Runnable work) {
    return CompletableFuture.runAsync(work, helpers);
  }

  /** What a transaction sees is fixed by the first read. */
  static void openSnapshot(Connection connection) throws SQLException {
    execute(connection, "SELECT 1 FROM project LIMIT 1");
  }

  public <T> T read(Read<T> work) {
    acquire();
    try {
      Connection connection = take();
      T result;
      try {
        execute(connection, "BEGIN");
        try {
          result = work.apply(connection);
        } finally {
          execute(connection, "COMMIT");
        }
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
      giveBack(connection);
      return result;
    } catch (SQLException e) {
      throw new StoreException("The store could not read: " + e.getMessage(), e);
    } finally {
      permits.release();
    }
  }

  private void acquire() {
    try {
      if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new StoreBusyException("Too many reads at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("Interrupted while waiting to read", e);
    }
  }

  private Connection take() throws SQLException {
    synchronized (lock) {
      if (closed) {
        throw new StoreException("The store is closed");
      }
      Connection connection = idle.poll();
      if (connection != null) {
        return connection;
      }
    }
    return opener.open();
  }

  private void giveBack(Connection connection) throws SQLException {
    synchronized (lock) {
      if (!closed) {
        idle.push(connection);
        return;
      }
    }
    connection.close();
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Waits for reads that are under way. */
  @Override
  public void close() throws SQLException {
    synchronized (lock) {
      closed = true;
    }
    permits.acquireUninterruptibly(limit);
    permits.release(limit);
    synchronized (lock) {
      for (Connection connection : idle) {
        connection.close();
      }
      idle.clear();
    }
    helpers.shutdown();
  }
}
