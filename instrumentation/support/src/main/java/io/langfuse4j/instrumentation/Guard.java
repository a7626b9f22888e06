package io.langfuse4j.instrumentation;

import io.langfuse4j.internal.Warnings;
import java.util.logging.Logger;

/** Keeps what goes wrong in instrumentation out of the application. Errors of the JVM pass. */
final class Guard {

  private static final Logger logger = Logger.getLogger(ModelCall.class.getName());
  private static final Warnings warnings = new Warnings(logger);

  private Guard() {}

  static void run(String step, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      report(step, e);
    }
  }

  static void report(String step, Throwable thrown) {
    warnings.once(
        step + " " + thrown.getClass().getName(),
        "A model call could not be recorded completely ("
            + step
            + "): "
            + thrown.getClass().getName()
            + ". The call itself is not affected.",
        thrown);
  }
}
