package io.langfuse4j.server.api;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What came in since the server started, and what was turned away and why. Thread-safe. */
public final class IngestStatistics {
  private static final int REASONS_KEPT = 20;

  private final Clock clock;
  private final LongAdder received = new LongAdder();
  private final LongAdder stored = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder deleted = new LongAdder();
  private final Map<String, Rejection> reasons = new LinkedHashMap<>(16, 0.75f, true);

  public IngestStatistics(Clock clock) {
    this.clock = clock;
  }

  /** Requests refused for one reason. */
  public record Rejection(Instant at, String reason, long count) {}

  void received(int spans) {
    received.add(spans);
  }

  void stored(int spans) {
    stored.add(spans);
  }

  void rejected(String reason) {
    rejected.increment();
    Instant now = clock.instant();
    synchronized (reasons) {
      Rejection before = reasons.remove(reason);
      reasons.put(reason, new Rejection(now, reason, before == null ? 1 : before.count() + 1));
      if (reasons.size() > REASONS_KEPT) {
        reasons.remove(reasons.keySet().iterator().next());
      }
    }
  }

  void deleted(int traces) {
    deleted.add(traces);
  }

  /** Traces deleted on request. */
  public long deletedTraces() {
    return deleted.sum();
  }

  public long receivedSpans() {
    return received.sum();
  }

  public long storedSpans() {
    return stored.sum();
  }

  public long rejectedRequests() {
    return rejected.sum();
  }

  /** Latest first. */
  public List<Rejection> lastRejections() {
    synchronized (reasons) {
      List<Rejection> latest = new ArrayList<>(reasons.values());
      Collections.reverse(latest);
      return latest;
    }
  }
}
