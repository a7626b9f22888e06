package io.langfuse4j.instrumentation;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.ReadableSpan;

/** Frameworks that make a span of a model call themselves, which reaches Langfuse as it is. */
final class NativeCalls {

  private NativeCalls() {}

  /** Whether the current span is that of a call which such a framework makes right now. */
  static boolean isCurrent() {
    return Span.current() instanceof ReadableSpan span
        && span.getName().equals("call_llm")
        && span.getInstrumentationScopeInfo().getName().equals("gcp.vertex.agent");
  }
}
