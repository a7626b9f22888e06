package io.langfuse4j.internal;

import io.opentelemetry.context.Context;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells our Java agent, if it is there, how to take the current context along into executors.
 * OpenTelemetry's agent does that already; where it is present, ours need not.
 */
public final class AgentContext {

  private static final String AGENT = "io.langfuse4j.javaagent.bootstrap.CarriedContext";
  private static final String OPENTELEMETRY_AGENT =
      "io.opentelemetry.javaagent.bootstrap.AgentClassLoader";

  private AgentContext() {}

  /** Does nothing without an agent. */
  public static void offer() {
    Class<?> agent = onBootClassPath(AGENT);
    if (agent == null || onBootClassPath(OPENTELEMETRY_AGENT) != null) {
      return;
    }
    Supplier<@Nullable Supplier<AutoCloseable>> capture = AgentContext::capture;
    try {
      agent.getMethod("register", Supplier.class).invoke(null, capture);
    } catch (ReflectiveOperationException otherVersion) {
      // An agent of another version that knows no such method: context stays where it is.
      return;
    }
  }

  private static @Nullable Supplier<AutoCloseable> capture() {
    Context context = Context.current();
    return context == Context.root() ? null : context::makeCurrent;
  }

  private static @Nullable Class<?> onBootClassPath(String name) {
    try {
      return Class.forName(name, false, null);
    } catch (ClassNotFoundException absent) {
      return null;
    }
  }
}
