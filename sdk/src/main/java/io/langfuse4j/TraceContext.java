package io.langfuse4j;

import org.jspecify.annotations.Nullable;

/**
 * A trace that exists elsewhere, to be joined by id. Ids follow W3C Trace Context: 32 and 16
 * lower-case hexadecimal characters. They are checked when an observation starts: a malformed trace
 * id is ignored with one warning and a new trace begins, never an exception.
 *
 * <p>Immutable.
 */
public final class TraceContext {

  private final String traceId;
  private final @Nullable String parentSpanId;

  private TraceContext(String traceId, @Nullable String parentSpanId) {
    this.traceId = traceId;
    this.parentSpanId = parentSpanId;
  }

  /** The trace with this id; the observation becomes a root of it. */
  public static TraceContext of(String traceId) {
    return new TraceContext(traceId, null);
  }

  /**
   * A place in a trace: the observation becomes a child of that span and counts as sampled.
   *
   * @param parentSpanId null makes the observation a root of the trace
   */
  public static TraceContext of(String traceId, @Nullable String parentSpanId) {
    return new TraceContext(traceId, parentSpanId);
  }

  /** As it was given, whether or not it is well-formed. */
  public String traceId() {
    return traceId;
  }

  /** As it was given; null for a root of the trace. */
  public @Nullable String parentSpanId() {
    return parentSpanId;
  }
}
