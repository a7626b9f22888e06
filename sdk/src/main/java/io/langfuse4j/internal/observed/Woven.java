package io.langfuse4j.internal.observed;

import io.langfuse4j.Langfuse;
import io.langfuse4j.internal.Warnings;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What methods woven by the agent or at build time call. Their class files contain these
 * signatures: they stay as they are for as long as there are such class files.
 */
public final class Woven {

  private static final Warnings warnings = new Warnings(Logger.getLogger("io.langfuse4j"));

  private Woven() {}

  /** False spares the woven method from collecting its arguments. */
  public static boolean isOn() {
    return Langfuse.get().isEnabled();
  }

  /**
   * Begins a call.
   *
   * @param method name and descriptor
   * @return to be handed to the others; null if the call is not observed
   */
  public static @Nullable Object enter(
      Class<?> type, String method, @Nullable Object @Nullable [] arguments) {
    try {
      MethodObserver observer = MethodObserver.of(type, method);
      return observer == null ? null : observer.begin(Langfuse.get(), WayIn.WOVEN, arguments);
    } catch (RuntimeException | LinkageError e) {
      // For example a class in some signature that is not there at run time.
      warnings.once(type.getName(), type.getName() + " cannot be observed: " + e, e);
      return null;
    }
  }

  /** Returns what the method must return. */
  public static @Nullable Object returned(Object call, @Nullable Object result) {
    return ((ObservedCall) call).returnedObject(result);
  }

  /** Records what the method is about to throw. */
  public static void failed(Object call, Throwable thrown) {
    ((ObservedCall) call).failed(thrown);
  }
}
