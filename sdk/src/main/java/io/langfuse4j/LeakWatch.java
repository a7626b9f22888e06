package io.langfuse4j;

import io.langfuse4j.internal.Warnings;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.ReadableSpan;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.logging.Logger;

/**
 * Finds observations that nobody can end any more because they were forgotten, and says where they
 * were started. For debugging: each start costs a look at the stack.
 *
 * <p>Thread-safe. Its thread starts with the first observation.
 */
final class LeakWatch {

  private static final Warnings warnings = new Warnings(Logger.getLogger(Langfuse.class.getName()));

  /** Of this SDK, between the application and here. */
  private static final List<String> OWN =
      List.of(
          "io.langfuse4j.Langfuse",
          "io.langfuse4j.LeakWatch",
          "io.langfuse4j.Observ",
          "io.langfuse4j.Tracing",
          "io.langfuse4j.internal.");

  private final Cleaner cleaner = Cleaner.create(LeakWatch::thread);

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "langfuse-leaks");
    thread.setDaemon(true);
    return thread;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it cleans when the observation is collected
  void watch(LangfuseObservation<?> observation) {
    cleaner.register(observation, new Forgotten(observation.span(), startedAt()));
  }

  private static String startedAt() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> OWN.stream().noneMatch(frame.getClassName()::startsWith))
                    .findFirst()
                    .map(frame -> frame.toStackTraceElement().toString())
                    .orElse("an unknown place"));
  }

  /** Must not know the observation, which would then never be collected. */
  private record Forgotten(Span span, String startedAt) implements Runnable {
    @Override
    public void run() {
      if (span instanceof ReadableSpan readable && !readable.hasEnded()) {
        warnings.once(
            startedAt,
            "The observation '"
                + readable.getName()
                + "' started at "
                + startedAt
                + " was never ended and is not sent. Call end(), or use observe(...), which does.");
      }
    }
  }
}
