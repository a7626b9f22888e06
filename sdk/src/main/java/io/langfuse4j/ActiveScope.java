package io.langfuse4j;

import io.langfuse4j.internal.Warnings;
import io.opentelemetry.context.Scope;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The context scope of an active observation. Closing it elsewhere than on the thread that opened
 * it would leave that thread dirty without helping this one, so it is refused and said once.
 */
final class ActiveScope {

  private static final Warnings warnings = new Warnings(Logger.getLogger("io.langfuse4j"));

  private final Thread owner = Thread.currentThread();
  private @Nullable Scope scope;

  ActiveScope(Scope scope) {
    this.scope = scope;
  }

  void close() {
    Scope open = scope;
    if (open == null) {
      return;
    }
    if (owner == Thread.currentThread()) {
      scope = null;
      open.close();
    } else {
      warnings.once(
          "foreign-close",
          "An active observation was closed on another thread than it was started on; use"
              + " startObservation for work that changes threads, or observeAsync.");
    }
  }
}
