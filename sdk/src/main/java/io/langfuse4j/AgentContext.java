package io.langfuse4j;

import io.langfuse4j.internal.propagation.PropagatedAttributes;
import io.opentelemetry.context.Context;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells our Java agent, if it is there, how to take the current context along into executors.
 * Beside OpenTelemetry's agent too, which carries context into fewer places.
 */
final class AgentContext {

  private static final String AGENT = "io.langfuse4j.javaagent.bootstrap.CarriedContext";

  private AgentContext() {}

  /** Does nothing without an agent. */
  static void offer() {
    Supplier<@Nullable Supplier<AutoCloseable>> capture = AgentContext::capture;
    try {
      Method register = Class.forName(AGENT, false, null).getMethod("register", Supplier.class);
      register.invoke(null, capture);
    } catch (ReflectiveOperationException noAgentThatKnowsUs) {
      // Context stays where it is.
    }
  }

  private static @Nullable Supplier<AutoCloseable> capture() {
    Context context = Context.current();
    boolean ours =
        CurrentObservation.in(context) != null || PropagatedAttributes.from(context) != null;
    return ours ? context::makeCurrent : null;
  }
}
