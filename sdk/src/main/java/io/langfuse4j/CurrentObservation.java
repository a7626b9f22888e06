package io.langfuse4j;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import org.jspecify.annotations.Nullable;

/**
 * The innermost observation of a context. It need not be the current span: an HTTP client that
 * somebody else instruments makes spans of its own below it, and what the application then says
 * about "the current observation" still means ours.
 */
final class CurrentObservation {

  private static final ContextKey<LangfuseObservation<?>> KEY =
      ContextKey.named("langfuse.observation");

  private CurrentObservation() {}

  static Context store(Context context, LangfuseObservation<?> observation) {
    return MicrometerContext.without(context).with(observation.span()).with(KEY, observation);
  }

  static @Nullable LangfuseObservation<?> in(Context context) {
    return context.get(KEY);
  }

  /**
   * Whether {@code context} is inside an observation of this trace.
   *
   * @param project of which the observation must be; null for any
   */
  static boolean of(Context context, String traceId, @Nullable Object project) {
    LangfuseObservation<?> current = in(context);
    while (current != null && current.span() != Span.getInvalid()) {
      boolean counts = project == null || project.equals(current.started.tracing().project());
      if (counts && current.traceId().equals(traceId)) {
        return true;
      }
      // The same project's observations are linked by their parents; only another's hides them.
      current = counts ? null : in(current.started.context());
    }
    return false;
  }
}
