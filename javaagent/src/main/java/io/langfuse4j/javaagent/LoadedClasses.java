package io.langfuse4j.javaagent;

import io.langfuse4j.weaving.ObserveWeaver;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Weaves what was loaded before the agent came. */
final class LoadedClasses {

  private LoadedClasses() {}

  static void weave(Instrumentation instrumentation) {
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (mightBeObserved(type, instrumentation)) {
        try {
          instrumentation.retransformClasses(type);
        } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
          Logger.getLogger("io.langfuse4j.javaagent")
              .log(Level.WARNING, type.getName() + " could not be woven; it runs unobserved.", e);
        }
      }
    }
  }

  private static boolean mightBeObserved(Class<?> type, Instrumentation instrumentation) {
    ClassLoader loader = type.getClassLoader();
    if (loader == null
        || type.isArray()
        || type.isHidden()
        || loader == ClassLoader.getPlatformClassLoader()
        || !instrumentation.isModifiableClass(type)) {
      return false;
    }
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream in = loader.getResourceAsStream(file)) {
      return in != null && ObserveWeaver.mightBeObserved(in.readAllBytes());
    } catch (IOException | RuntimeException unreadable) {
      return false;
    }
  }
}
