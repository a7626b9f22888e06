package io.langfuse4j;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;

/**
 * What every observation has from its start on.
 *
 * @param context the context it was started in, without itself
 * @param startNanos epoch nanoseconds if the start was given, else 0
 */
record Started(Tracing tracing, Span span, Context context, long startNanos, boolean recording) {

  /** Of the observations that stand for tracing being off. */
  static final Started NOOP =
      new Started(Tracing.DISABLED, Span.getInvalid(), Context.root(), 0, false);
}
