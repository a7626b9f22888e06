package io.langfuse4j.instrumentation;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.ReadableSpan;

/** Frameworks that make a span of a model call themselves, which reaches Langfuse as it is. */
final class NativeCalls {

  private static final StackWalker STACK = StackWalker.getInstance();

  private NativeCalls() {}

  /** Whether such a framework makes a call right now, of which the current span tells. */
  static boolean isCurrent() {
    return Span.current() instanceof ReadableSpan span
        && span.getInstrumentationScopeInfo().getName().equals("gcp.vertex.agent")
        && (span.getName().equals("call_llm") || isOlderAdkCalling(span.getName()));
  }

  /** Until 1.4 ADK's span of the call is not current while it is made, that of its agent is. */
  private static boolean isOlderAdkCalling(String span) {
    return span.startsWith("invoke_agent")
        && STACK.walk(
            frames ->
                frames.anyMatch(
                    frame -> frame.getClassName().startsWith("com.google.adk.models.")));
  }
}
