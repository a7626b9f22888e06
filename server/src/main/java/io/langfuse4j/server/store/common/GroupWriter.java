package io.langfuse4j.server.store.common;

import io.langfuse4j.server.store.RefusedException;
import io.langfuse4j.server.store.StoreBusyException;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.TraceChange;
import java.time.Duration;
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
 * members are tried one by one, so that one bad write cannot fail its neighbours. Thread-safe.
 *
 * @param <T> what a group of writes is gathered in
 */
public class GroupWriter<T> implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(GroupWriter.class);
  private static final int MOST_PER_GROUP = 256;
  private static final long GROUP_WEIGHT = 16L << 20;

  private final Transactions<T> transactions;
  private final long weightLimit;
  private final BlockingQueue<Job<T, ?>> queue = new LinkedBlockingQueue<>();
  private final AtomicLong waitingWeight = new AtomicLong();
  private final List<Consumer<TraceChange>> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private final Object closing = new Object();
  private volatile long lastWrite = System.nanoTime() - Duration.ofDays(1).toNanos();
  private boolean closed;

  /**
   * @param weightLimit how much may wait before more is refused
   */
  public GroupWriter(Transactions<T> transactions, long weightLimit) {
    this.transactions = transactions;
    this.weightLimit = weightLimit;
    this.thread = new Thread(this::run, "langfuse4j-store-writer");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** Begins and ends what groups of writes are gathered in. Used by the writing thread only. */
  public interface Transactions<T> {
    T begin() throws Exception;

    /** Makes everything durable and readable, and tells which traces have changed. */
    List<TraceChange> commit(T transaction) throws Exception;

    /** Forgets a transaction that could not be carried out or committed. */
    void rollback(T transaction);

    /** After the last transaction. */
    default void close() throws Exception {}
  }

  /** Work on the open transaction; its result is the answer once the transaction is on disk. */
  public interface Work<T, R> {
    R apply(T transaction) throws Exception;
  }

  public <R> CompletableFuture<R> submit(long weight, Work<? super T, R> work) {
    Job<T, R> job = new Job<>(weight, work, new CompletableFuture<>());
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
  public boolean busy() {
    return waitingWeight.get() > 0;
  }

  /** Whether anything waits to be written, or did until so recently that more may follow. */
  public boolean busyWithin(Duration time) {
    return busy() || System.nanoTime() - lastWrite < time.toNanos();
  }

  public Runnable subscribe(Consumer<TraceChange> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Finishes what was accepted. */
  @Override
  public void close() {
    synchronized (closing) {
      if (!closed) {
        closed = true;
        queue.add(new Job<T, Boolean>(0, transaction -> true, new CompletableFuture<>()).last());
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
        List<Job<T, ?>> group = nextGroup();
        last = group.stream().anyMatch(job -> job.last);
        commit(group);
      }
    } catch (InterruptedException e) {
      LOGGER.error("The writing thread was interrupted; the store accepts nothing any more");
      Thread.currentThread().interrupt();
    }
    try {
      transactions.close();
    } catch (Exception e) {
      LOGGER.warn("What the store writes with could not be closed", e);
    }
  }

  private List<Job<T, ?>> nextGroup() throws InterruptedException {
    List<Job<T, ?>> group = new ArrayList<>();
    Job<T, ?> job = queue.take();
    long weight = 0;
    while (job != null) {
      group.add(job);
      weight += job.weight;
      job = group.size() < MOST_PER_GROUP && weight < GROUP_WEIGHT ? queue.poll() : null;
    }
    return group;
  }

  private void commit(List<Job<T, ?>> group) {
    try {
      List<TraceChange> changes = inTransaction(group);
      for (Job<T, ?> job : group) {
        finished(job);
        job.acknowledge();
      }
      tell(changes);
    } catch (Exception e) {
      if (group.size() == 1) {
        finished(group.get(0));
        group.get(0).result.completeExceptionally(failure(e));
      } else {
        for (Job<T, ?> job : group) {
          commit(List.of(job));
        }
      }
    }
  }

  private List<TraceChange> inTransaction(List<Job<T, ?>> group) throws Exception {
    T transaction = transactions.begin();
    boolean committed = false;
    try {
      for (Job<T, ?> job : group) {
        job.apply(transaction);
      }
      List<TraceChange> changes = transactions.commit(transaction);
      committed = true;
      return changes;
    } finally {
      if (!committed) {
        transactions.rollback(transaction);
      }
    }
  }

  private void finished(Job<T, ?> job) {
    lastWrite = System.nanoTime();
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

  private static final class Job<T, R> {
    private final long weight;
    private final Work<? super T, R> work;
    private final CompletableFuture<R> result;
    private boolean last;
    private @Nullable R value;

    Job(long weight, Work<? super T, R> work, CompletableFuture<R> result) {
      this.weight = weight;
      this.work = work;
      this.result = result;
    }

    Job<T, R> last() {
      last = true;
      return this;
    }

    void apply(T transaction) throws Exception {
      value = work.apply(transaction);
    }

    void acknowledge() {
      result.complete(Objects.requireNonNull(value));
    }
  }
}
