package io.langfuse4j;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import org.jspecify.annotations.Nullable;

/**
 * A trace that the next observation joins, wherever it is made. It counts only where it was put:
 * below the observation that joined, children are children.
 */
record TraceJoin(TraceContext trace, SpanContext place) {

  private static final ContextKey<TraceJoin> KEY = ContextKey.named("langfuse.join");

  static Context store(Context context, TraceContext trace) {
    return context.with(KEY, new TraceJoin(trace, placeOf(context)));
  }

  static @Nullable TraceContext in(Context context) {
    TraceJoin join = context.get(KEY);
    return join != null && join.place.equals(placeOf(context)) ? join.trace : null;
  }

  private static SpanContext placeOf(Context context) {
    LangfuseObservation<?> current = CurrentObservation.in(context);
    return (current == null ? Span.fromContext(context) : current.span()).getSpanContext();
  }
}
