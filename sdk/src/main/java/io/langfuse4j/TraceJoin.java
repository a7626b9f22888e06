package io.langfuse4j;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import org.jspecify.annotations.Nullable;

/**
 * A trace that the next observation joins, wherever it is made. It counts only where it was put:
 * below the observation that joined, children are children.
 */
record TraceJoin(TraceContext trace, Span span) {

  private static final ContextKey<TraceJoin> KEY = ContextKey.named("langfuse.join");

  static Context store(Context context, TraceContext trace) {
    return context.with(KEY, new TraceJoin(trace, Span.fromContext(context)));
  }

  static @Nullable TraceContext in(Context context) {
    TraceJoin join = context.get(KEY);
    return join != null && join.span == Span.fromContext(context) ? join.trace : null;
  }
}
