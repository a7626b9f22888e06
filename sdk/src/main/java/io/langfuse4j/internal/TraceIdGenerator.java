package io.langfuse4j.internal;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Random ids, except that the caller may fix the trace id of the next root span. That makes a true
 * root in a trace of a given id, where other SDKs invent a parent that never arrives.
 */
public final class TraceIdGenerator implements IdGenerator {

  private final IdGenerator random = IdGenerator.random();
  private final ThreadLocal<@Nullable String> fixed = new ThreadLocal<>();

  /** Runs {@code start}, on this thread, with the given trace id for a root span. */
  public <T> T withTraceId(String traceId, Supplier<T> start) {
    fixed.set(traceId);
    try {
      return start.get();
    } finally {
      fixed.remove();
    }
  }

  @Override
  public String generateSpanId() {
    return random.generateSpanId();
  }

  @Override
  public String generateTraceId() {
    String traceId = fixed.get();
    return traceId == null ? random.generateTraceId() : traceId;
  }
}
