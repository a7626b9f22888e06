package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.pricing.Pricer;
import io.langfuse4j.server.store.RefusedException;
import io.langfuse4j.server.store.StoreBusyException;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.TraceChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Whatever waits when it looks up shares one transaction, and so one
 * wait for the disk; each piece of work is acknowledged after that commit. If a group fails, its
 * members are tried one by one, so that one bad write cannot fail its neighbours.
 */
final class GroupCommitter implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(GroupCommitter.class);
  private static final int MOST_PER_GROUP = 256;
  private static final long GROUP_WEIGHT = 16L << 20;

  private final Connection connection;
  private final Statements statements;
  private final Keys keys;
  private final Pricer pricer;
  private final Clock clock;
  private final long weightLimit;
  private final BlockingQueue<Job<?>> queue = new LinkedBlockingQueue<>();
  private final AtomicLong waitingWeight = new AtomicLong();
  private final List<Consumer<TraceChange>> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private final Object closing = new Object();
  private boolean closed;

  GroupCommitter(Connection connection, Pricer pricer, Clock clock, long weightLimit)
      throws SQLException {
    this.connection = connection;
    this.statements = new Statements(connection);
    this.keys = new Keys(connection);
    this.pricer = pricer;
    this.clock = clock;
    this.weightLimit = weightLimit;
    this.thread = new Thread(this::run, "langfuse4j-store-writer");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** Work on the open transaction; its result is the answer once the transaction is on disk. */
  interface Work<T> {
    T apply(WriteTransaction transaction) throws SQLException;
  }

  <T> CompletableFuture<T> submit(long weight, Work<T> work) {
    Job<T> job = new Job<>(weight, work, new CompletableFuture<>());
    // A single piece of work heavier than the limit passes when nothing else waits.
    long before = waitingWeight.getAndAdd(weight);
    if (before > 0 && before + weight > weightLimit) {
      waitingWeight.addAndGet(-weight);
      job.result.completeExceptionally(
          new StoreBusyException("Too many observations are waiting to be written"));
      return job.result;
    }
    synchronized (closing) {
      if (closed) {
        job.result.completeExceptionally(new StoreException("The store is closed"));
      } else {
        queue.add(job);
      }
    }
    return job.result;
  }

  /** Whether anything waits to be written. */
  boolean busy() {
    return waitingWeight.get() > 0;
  }

  Runnable subscribe(Consumer<TraceChange> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Finishes what was accepted. */
  @Override
  public void close() {
    synchronized (closing) {
      if (!closed) {
        closed = true;
        queue.add(new Job<>(0, transaction -> Boolean.TRUE, new CompletableFuture<>()).last());
      }
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean last = false;
    try {
      while (!last) {
        List<Job<?>> group = nextGroup();
        last = group.stream().anyMatch(job -> job.last);
        commit(group);
      }
    } catch (InterruptedException e) {
      LOGGER.error("The writing thread was interrupted; the store accepts nothing any more");
      Thread.currentThread().interrupt();
    }
    try {
      statements.close();
    } catch (SQLException e) {
      LOGGER.warn("The store's statements could not be closed", e);
    }
  }

  private List<Job<?>> nextGroup() throws InterruptedException {
    List<Job<?>> group = new ArrayList<>();
    Job<?> job = queue.take();
    long weight = 0;
    while (job != null) {
      group.add(job);
      weight += job.weight;
      job = group.size() < MOST_PER_GROUP && weight < GROUP_WEIGHT ? queue.poll() : null;
    }
    return group;
  }

  private void commit(List<Job<?>> group) {
    try {
      List<TraceChange> changes = inTransaction(group);
      for (Job<?> job : group) {
        finished(job);
        job.acknowledge();
      }
      tell(changes);
    } catch (SQLException | RuntimeException e) {
      if (group.size() == 1) {
        finished(group.get(0));
        group.get(0).result.completeExceptionally(failure(e));
      } else {
        for (Job<?> job : group) {
          commit(List.of(job));
        }
      }
    }
  }

  private List<TraceChange> inTransaction(List<Job<?>> group) throws SQLException {
    WriteTransaction transaction = new WriteTransaction(statements, keys, pricer, clock);
    execute("BEGIN IMMEDIATE");
    boolean committed = false;
    try {
      for (Job<?> job : group) {
        job.apply(transaction);
      }
      transaction.flush();
      execute("COMMIT");
      committed = true;
    } finally {
      if (!committed) {
        rollback();
      }
    }
    return transaction.changes();
  }

  private void rollback() {
    keys.forgetProjects();
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has already rolled back after errors such as a full disk.
      LOGGER.debug("Nothing left to roll back", e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void finished(Job<?> job) {
    waitingWeight.addAndGet(-job.weight);
  }

  private void tell(List<TraceChange> changes) {
    for (TraceChange change : changes) {
      for (Consumer<TraceChange> listener : listeners) {
        listener.accept(change);
      }
    }
  }

  private static RuntimeException failure(Exception e) {
    if (e instanceof RefusedException refused) {
      return refused;
    }
    LOGGER.error("A write failed; the request was refused and nothing of it is stored", e);
    return e instanceof StoreException known
        ? known
        : new StoreException("The store could not write: " + e.getMessage(), e);
  }

  private static final class Job<T> {
    private final long weight;
    private final Work<T> work;
    private final CompletableFuture<T> result;
    private boolean last;
    private @Nullable T value;

    Job(long weight, Work<T> work, CompletableFuture<T> result) {
      this.weight = weight;
      this.work = work;
      this.result = result;
    }

    Job<T> last() {
      last = true;
      return this;
    }

    void apply(WriteTransaction transaction) throws SQLException {
      value = work.apply(transaction);
    }

    void acknowledge() {
      result.complete(Objects.requireNonNull(value));
    }
  }
}
