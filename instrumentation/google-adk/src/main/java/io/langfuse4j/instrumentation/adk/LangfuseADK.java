package io.langfuse4j.instrumentation.adk;

import com.google.adk.plugins.Plugin;
import io.langfuse4j.Langfuse;

/**
 * Traces agents of Google's Agent Development Kit (ADK):
 *
 * <pre>{@code
 * Runner runner = Runner.builder().agent(agent).appName("shop").plugins(LangfuseADK.plugin()).build();
 * }</pre>
 *
 * <p>ADK makes the spans of invocations, agents, model calls and tools itself. The plugin has them
 * sent to Langfuse, and adds user, session, and what was asked and answered.
 */
public final class LangfuseADK {

  private LangfuseADK() {}

  /** A plugin that traces with {@link Langfuse#get()}. */
  public static Plugin plugin() {
    return plugin(Langfuse.get());
  }

  /**
   * A plugin that traces with {@code langfuse}. Where ADK's own tracer goes nowhere, because the
   * application has no global OpenTelemetry, it becomes that of {@code langfuse}, for all of ADK.
   * Where it goes somewhere, it stays: that provider needs Langfuse's span processor.
   *
   * <p>Thread-safe; one plugin may serve many runners.
   */
  public static Plugin plugin(Langfuse langfuse) {
    return plugin(langfuse, LangfusePlugin.NAME);
  }

  static Plugin plugin(Langfuse langfuse, String name) {
    if (langfuse.isEnabled()) {
      NativeTracer.connect(langfuse);
    }
    return new LangfusePlugin(langfuse, name);
  }
}
