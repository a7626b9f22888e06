package io.langfuse4j.instrumentation;

import io.langfuse4j.internal.Warnings;
import java.util.logging.Logger;

/**
 * Keeps what goes wrong in instrumentation out of the application, and warns of it once. Errors of
 * the JVM pass. Thread-safe.
 */
public final class Guard {

  private static final Logger logger = Logger.getLogger(ModelCall.class.getName());
  private static final Warnings warnings = new Warnings(logger);

  private Guard() {}

  /** Runs {@code work}; what it throws is reported and goes no further. */
  public static void run(String step, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      report(step, e);
    }
  }

  /** Warns once of what was thrown in that step. */
  public static void report(String step, Throwable thrown) {
    warnings.once(
        step + " " + thrown.getClass().getName(),
        "A call could not be recorded completely ("
            + step
            + "): "
            + thrown.getClass().getName()
            + ". The call itself is not affected.",
        thrown);
  }
}
