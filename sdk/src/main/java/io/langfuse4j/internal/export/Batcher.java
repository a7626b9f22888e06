package io.langfuse4j.internal.export;

import io.langfuse4j.internal.Warnings;
import io.langfuse4j.internal.export.ExportCounters.Loss;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Collects ended spans, or scores, and hands them to a {@link BatchSender} on one background
 * thread.
 *
 * <p>The application's thread only counts and appends: no lock, no wait, no encoding. The queue is
 * bounded by count and by bytes; what does not fit is counted as lost and said once. A flush
 * travels through the queue behind everything added before it, so its answer is about exactly that
 * and cannot be overtaken; OpenTelemetry's own batch processor reports success from a stale flag
 * (open-telemetry/opentelemetry-java, {@code BatchSpanProcessor.Worker.flush}).
 *
 * <p>Thread-safe.
 *
 * @param <T> what is collected
 */
public final class Batcher<T> implements AutoCloseable {

  private static final Logger logger = Logger.getLogger(Batcher.class.getName());

  /**
   * Bounds of the queue and of a batch.
   *
   * @param queueItems items that may wait
   * @param queueBytes estimated bytes that may wait
   * @param batchItems items per batch
   * @param batchBytes estimated bytes per batch; a larger single item goes alone
   * @param interval how long an item waits for others
   */
  public record Limits(
      int queueItems, long queueBytes, int batchItems, long batchBytes, Duration interval) {}

  private sealed interface Item<T> permits Queued, FlushRequest {}

  private record Queued<T>(T value, long bytes) implements Item<T> {}

  /** Answered once everything queued before it has been dealt with. */
  private record FlushRequest<T>(CompletableFuture<Boolean> delivered, long lossesKnown)
      implements Item<T> {}

  private final Cargo cargo;
  private final Limits limits;
  private final ToLongFunction<T> size;
  private final BatchSender<T> sender;
  private final ExportCounters counters;
  private final Warnings warnings = new Warnings(logger);
  private final Queue<Item<T>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread worker;
  private volatile boolean wakeUp;
  private volatile boolean stopping;
  private volatile long lossesReported;

  /**
   * Starts the thread.
   *
   * @param size estimates the bytes of an item
   */
  public Batcher(
      Cargo cargo,
      Limits limits,
      ToLongFunction<T> size,
      BatchSender<T> sender,
      ExportCounters counters) {
    this.cargo = cargo;
    this.size = size;
    this.limits = limits;
    this.sender = sender;
    this.counters = counters;
    this.worker = new Thread(this::work, cargo.threadName());
    worker.setDaemon(true);
    worker.start();
  }

  /** Queues an ended span, or a score. Never blocks, never throws. */
  public void add(T value) {
    if (closed.get()) {
      counters.addLost(Loss.CLOSED, 1);
      warnings.once("closed", cargo.afterClose());
      return;
    }
    long bytes = size.applyAsLong(value);
    int items = counters.queuedSpans().incrementAndGet();
    long queuedBytes = counters.queuedSize().addAndGet(bytes);
    if (items > limits.queueItems() || queuedBytes > limits.queueBytes() && items > 1) {
      release(bytes);
      counters.addLost(Loss.QUEUE_FULL, 1);
      warnings.once("full", fullMessage());
      return;
    }
    queue.add(new Queued<>(value, bytes));
    if (stopping) {
      // Closed meanwhile: the thread may be gone.
      counters.addLost(Loss.CLOSED, drainLeftOver());
      return;
    }
    if (items % limits.batchItems() == 0 || crosses(queuedBytes, bytes)) {
      wake();
    }
  }

  private String fullMessage() {
    return cargo.faster()
        + " than the Langfuse server takes them: the queue of "
        + limits.queueItems()
        + " "
        + cargo.plural()
        + " or "
        + limits.queueBytes()
        + " bytes is full and new ones are dropped (see stats()). Raise LANGFUSE_MAX_QUEUE_SIZE or"
        + " LANGFUSE_MAX_QUEUE_BYTES, or lower LANGFUSE_SAMPLE_RATE.";
  }

  private boolean crosses(long queuedBytes, long added) {
    return queuedBytes / limits.batchBytes() != (queuedBytes - added) / limits.batchBytes();
  }

  private void release(long bytes) {
    counters.queuedSpans().decrementAndGet();
    counters.queuedSize().addAndGet(-bytes);
  }

  private void wake() {
    wakeUp = true;
    LockSupport.unpark(worker);
  }

  /**
   * Sends everything that ended before this call. A loss that no flush has told of yet counts, also
   * one that happened in the background before.
   *
   * @return completes with true if the server took all of it, with false if some was lost
   */
  public CompletableFuture<Boolean> flush() {
    FlushRequest<T> request = new FlushRequest<>(new CompletableFuture<>(), lossesReported);
    queue.add(request);
    wake();
    if (!worker.isAlive()) {
      queue.remove(request);
      complete(request, counters.queued() == 0);
    }
    return request.delivered();
  }

  private void complete(FlushRequest<T> request, boolean drained) {
    long losses = counters.lost();
    lossesReported = losses;
    request.delivered().complete(drained && losses == request.lossesKnown());
  }

  /**
   * Sends everything that ended before this call and waits for the outcome.
   *
   * @return true if the server took all of it within {@code timeout}; false if something was lost
   *     meanwhile or is still on its way
   */
  public boolean flush(Duration timeout) {
    if (Thread.currentThread() == worker) {
      return false;
    }
    try {
      return flush().get(nanos(timeout), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return duration.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  /** Sends what is queued, for at most {@code timeout}, and ends the thread. Idempotent. */
  public boolean close(Duration timeout) {
    if (!closed.compareAndSet(false, true)) {
      return counters.queued() == 0;
    }
    boolean delivered = flush(timeout);
    stopping = true;
    sender.hurry();
    wake();
    try {
      worker.join(Math.max(1, Math.min(nanos(timeout) / 1_000_000, 1_000)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    worker.interrupt();
    sender.close();
    counters.addLost(Loss.CLOSED, drainLeftOver());
    return delivered;
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(5));
  }

  private int drainLeftOver() {
    int left = 0;
    for (Item<T> item = queue.poll(); item != null; item = queue.poll()) {
      if (item instanceof Queued<T> queued) {
        release(queued.bytes());
        left++;
      } else if (item instanceof FlushRequest<T> request) {
        request.delivered().complete(false);
      }
    }
    return left;
  }

  private void work() {
    while (!stopping || !queue.isEmpty()) {
      try {
        await();
        exportQueued();
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        warnings.once(e.getClass().getName(), "Exporting to Langfuse failed: " + e, e);
      }
      if (Thread.interrupted() && stopping) {
        return;
      }
    }
  }

  /** Returns when a batch is full, a flush is wanted, or the interval has passed. */
  private void await() {
    long deadline = System.nanoTime() + limits.interval().toNanos();
    while (!wakeUp && !stopping) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        break;
      }
      LockSupport.parkNanos(this, left);
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
    }
    wakeUp = false;
  }

  private void exportQueued() {
    List<T> batch = new ArrayList<>(Math.min(limits.batchItems(), 64));
    long batchBytes = 0;
    for (Item<T> item = queue.poll(); item != null; item = queue.poll()) {
      if (item instanceof FlushRequest<T> request) {
        send(batch, batchBytes);
        batch.clear();
        batchBytes = 0;
        answer(request);
      } else if (item instanceof Queued<T> queued) {
        if (!batch.isEmpty() && batchBytes + queued.bytes() > limits.batchBytes()) {
          send(batch, batchBytes);
          batch.clear();
          batchBytes = 0;
        }
        batch.add(queued.value());
        batchBytes += queued.bytes();
        if (batch.size() >= limits.batchItems()) {
          send(batch, batchBytes);
          batch.clear();
          batchBytes = 0;
        }
      }
    }
    send(batch, batchBytes);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the request carries the outcome
  private void answer(FlushRequest<T> request) {
    sender
        .flush()
        .whenComplete((drained, failure) -> complete(request, failure == null && drained));
  }

  /** Items count as queued until their outcome is known, so that the bounds hold while sending. */
  private void send(List<T> batch, long bytes) {
    if (batch.isEmpty()) {
      return;
    }
    int size = batch.size();
    long accounted = counters.sent() + counters.undelivered();
    try {
      sender.send(batch);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      long missing = accounted + size - counters.sent() - counters.undelivered();
      counters.addLost(Loss.REJECTED, (int) Math.max(0, missing));
      warnings.once("send", "Sending to Langfuse failed: " + e, e);
    } finally {
      counters.queuedSpans().addAndGet(-size);
      counters.queuedSize().addAndGet(-bytes);
    }
  }

  /** For tests: the thread that exports. */
  @Nullable Thread worker() {
    return worker;
  }
}
