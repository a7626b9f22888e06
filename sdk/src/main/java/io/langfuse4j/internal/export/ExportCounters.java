package io.langfuse4j.internal.export;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What happened to spans, or to scores, counted. Thread-safe. */
public final class ExportCounters {

  /** Why a span did not arrive. */
  public enum Loss {
    /** The queue was full: the server was too slow, or away for too long. */
    QUEUE_FULL,
    /** The server refused the span for good. */
    REJECTED,
    /** The server could not be reached within the retry timeout. */
    UNREACHABLE,
    /** The client was closed before the span could be sent. */
    CLOSED
  }

  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicLong queuedBytes = new AtomicLong();
  private volatile long spilledBytes;
  private final LongAdder sent = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder truncated = new LongAdder();
  private final Map<Loss, LongAdder> losses = new EnumMap<>(Loss.class);
  private volatile @Nullable String lastError;

  public ExportCounters() {
    for (Loss loss : Loss.values()) {
      losses.put(loss, new LongAdder());
    }
  }

  AtomicInteger queuedSpans() {
    return queued;
  }

  AtomicLong queuedSize() {
    return queuedBytes;
  }

  void spilledBytes(long bytes) {
    spilledBytes = bytes;
  }

  /** Bytes on disk. */
  public long spilledBytes() {
    return spilledBytes;
  }

  public void addSent(int spans) {
    sent.add(spans);
  }

  public void addRetry() {
    retries.increment();
  }

  void addTruncated(int spans) {
    truncated.add(spans);
  }

  public void addLost(Loss reason, int spans) {
    count(reason).add(spans);
  }

  public void error(String sentence) {
    lastError = sentence;
  }

  private LongAdder count(Loss reason) {
    // Filled for every constant in the constructor.
    return java.util.Objects.requireNonNull(losses.get(reason));
  }

  public int queued() {
    return queued.get();
  }

  public long queuedBytes() {
    return queuedBytes.get();
  }

  public long sent() {
    return sent.sum();
  }

  public long retries() {
    return retries.sum();
  }

  public long truncated() {
    return truncated.sum();
  }

  public long lost(Loss reason) {
    return count(reason).sum();
  }

  /** Spans that will never arrive, for whatever reason. */
  public long lost() {
    long all = 0;
    for (LongAdder loss : losses.values()) {
      all += loss.sum();
    }
    return all;
  }

  /** Spans that were taken to the server in vain, as opposed to never sent. */
  long undelivered() {
    return lost(Loss.REJECTED) + lost(Loss.UNREACHABLE);
  }

  public @Nullable String lastError() {
    return lastError;
  }
}
