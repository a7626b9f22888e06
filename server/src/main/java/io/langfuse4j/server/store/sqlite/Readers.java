package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.StoreBusyException;
import io.langfuse4j.server.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A few connections that read beside the writer, each read on one snapshot. Thread-safe. */
final class Readers implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final Opener opener;
  private final int limit;
  private final Semaphore permits;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final Object lock = new Object();
  private boolean closed;

  Readers(Opener opener, int limit) {
    this.opener = opener;
    this.limit = limit;
    this.permits = new Semaphore(limit, true);
  }

  interface Opener {
    Connection open() throws SQLException;
  }

  interface Read<T> {
    T apply(Connection connection) throws SQLException;
  }

  <T> T read(Read<T> work) {
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

  private static void execute(Connection connection, String sql) throws SQLException {
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
  }
}
