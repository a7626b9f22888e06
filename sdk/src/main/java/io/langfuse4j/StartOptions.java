package io.langfuse4j;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What must be known before an observation starts: where it hangs and when it began. Everything
 * else is set on the observation itself. Received by a lambda; not thread-safe.
 */
public final class StartOptions {

  @Nullable TraceContext traceContext;
  @Nullable LangfuseObservation<?> parent;
  @Nullable Instant startTime;

  StartOptions() {}

  /** Joins a trace by id instead of the current one. */
  public StartOptions parent(TraceContext context) {
    this.traceContext = context;
    this.parent = null;
    return this;
  }

  /** Makes the observation a child of {@code observation} instead of the current one. */
  public StartOptions parent(LangfuseObservation<?> observation) {
    this.parent = observation;
    this.traceContext = null;
    return this;
  }

  /** When the work began; now if it is not said. */
  public StartOptions startTime(Instant time) {
    this.startTime = time;
    return this;
  }
}
