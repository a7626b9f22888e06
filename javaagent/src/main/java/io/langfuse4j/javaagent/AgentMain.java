package io.langfuse4j.javaagent;

import io.langfuse4j.javaagent.libraries.LibraryWeaver;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM starts the agent: {@code -javaagent:langfuse4j-javaagent.jar}. The option {@code
 * =context=false} leaves executors alone, {@code =libraries=false} the clients of libraries. Never
 * stops the application from starting.
 */
public final class AgentMain {

  /** A system property, because class loaders may have this class more than once. */
  private static final String STARTED = "io.langfuse4j.javaagent.started";

  private AgentMain() {}

  static boolean isStarted() {
    return Boolean.getBoolean(STARTED);
  }

  /** Called by the JVM before the application's {@code main}. */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    start(options, instrumentation);
  }

  /** Called by the JVM when the agent is attached later. */
  public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
    if (start(options, instrumentation)) {
      LoadedClasses.weave(instrumentation);
    }
  }

  private static boolean start(@Nullable String options, Instrumentation instrumentation) {
    if (isStarted()) {
      return false;
    }
    System.setProperty(STARTED, "true");
    try {
      instrumentation.addTransformer(new ObservingTransformer(), true);
      if (options == null || !options.contains("context=false")) {
        ContextWeaver.install(instrumentation);
      }
      if (options == null || !options.contains("libraries=false")) {
        LibraryWeaver.install(instrumentation);
      }
      return true;
    } catch (IOException | RuntimeException | LinkageError e) {
      // Only now: to log earlier would settle the application's logging for it.
      Logger.getLogger("io.langfuse4j.javaagent")
          .log(Level.WARNING, "The Langfuse agent could not start; nothing is woven.", e);
      return false;
    }
  }
}
