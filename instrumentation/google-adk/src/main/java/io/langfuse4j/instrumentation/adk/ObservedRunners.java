package io.langfuse4j.instrumentation.adk;

import com.google.adk.plugins.PluginManager;
import io.langfuse4j.Langfuse;

/** For the Java agent, which shows us the plugins of each runner. */
public final class ObservedRunners {

  /** Another name, so that an application may still register ours itself. */
  private static final String NAME = LangfusePlugin.NAME + "-agent";

  private ObservedRunners() {}

  /** The plugins, with ours if it is not among them. */
  public static PluginManager wrap(PluginManager plugins) {
    if (plugins.getPlugin(LangfusePlugin.NAME).isEmpty() && plugins.getPlugin(NAME).isEmpty()) {
      plugins.registerPlugin(LangfuseADK.plugin(Langfuse.get(), NAME));
    }
    return plugins;
  }
}
