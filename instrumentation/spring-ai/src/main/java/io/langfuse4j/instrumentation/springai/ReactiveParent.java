package io.langfuse4j.instrumentation.springai;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;

/**
 * Finds what a tool of a stream belongs to. Spring AI runs it on another thread and keeps the
 * stream's context there, but does not make the stream's observation the parent.
 */
final class ReactiveParent {

  private ReactiveParent() {}

  static @Nullable Step step() {
    try {
      Observation above =
          ToolCallReactiveContextHolder.getContext()
              .getOrDefault(ObservationThreadLocalAccessor.KEY, null);
      return above == null ? null : Step.nearest(above.getContextView());
    } catch (LinkageError notThere) {
      return null;
    }
  }
}
