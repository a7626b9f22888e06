package io.langfuse4j;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A span of a trace that is not sampled. It has ids, because other services must learn from them
 * that the trace is dropped, but they become text only when somebody asks: most are never seen.
 *
 * <p>Thread-safe.
 */
final class DroppedSpan implements Span {

  private final long traceHigh;
  private final long traceLow;
  private final long id;
  private volatile @Nullable SpanContext spanContext;

  private DroppedSpan(long traceHigh, long traceLow) {
    this.traceHigh = traceHigh;
    this.traceLow = traceLow;
    this.id = nonZero();
  }

  /** The first span of a new trace. */
  static DroppedSpan root() {
    return new DroppedSpan(nonZero(), nonZero());
  }

  DroppedSpan child() {
    return new DroppedSpan(traceHigh, traceLow);
  }

  /** The second half of the trace id, which decides about sampling. */
  long traceLow() {
    return traceLow;
  }

  private static long nonZero() {
    long random;
    do {
      random = ThreadLocalRandom.current().nextLong();
    } while (random == 0);
    return random;
  }

  @Override
  public SpanContext getSpanContext() {
    SpanContext known = spanContext;
    if (known == null) {
      // A lost race makes an equal one.
      known =
          SpanContext.create(
              TraceId.fromLongs(traceHigh, traceLow),
              SpanId.fromLong(id),
              TraceFlags.getDefault(),
              TraceState.getDefault());
      spanContext = known;
    }
    return known;
  }

  @Override
  public boolean isRecording() {
    return false;
  }

  @Override
  public <T> Span setAttribute(AttributeKey<T> key, @Nullable T value) {
    return this;
  }

  @Override
  public Span addEvent(String name, Attributes attributes) {
    return this;
  }

  @Override
  public Span addEvent(String name, Attributes attributes, long timestamp, TimeUnit unit) {
    return this;
  }

  @Override
  public Span setStatus(StatusCode code, String description) {
    return this;
  }

  @Override
  public Span recordException(Throwable exception, Attributes attributes) {
    return this;
  }

  @Override
  public Span updateName(String name) {
    return this;
  }

  @Override
  public void end() {}

  @Override
  public void end(long timestamp, TimeUnit unit) {}
}
