package io.langfuse4j.instrumentation.springai;

import io.langfuse4j.instrumentation.Guard;
import java.util.ArrayList;
import java.util.List;

/**
 * A client's reading of what a model streams. It lags behind, because Spring AI's client reads on
 * another thread. Thread-safe.
 */
final class StreamReading {

  private final Object lock = new Object();
  private final List<Runnable> last = new ArrayList<>();
  private boolean ended;

  /** Runs {@code action} when everything that came has been read. */
  void atEnd(Runnable action) {
    synchronized (lock) {
      if (!ended) {
        last.add(action);
        return;
      }
    }
    action.run();
  }

  /** Everything was read, or no more is wanted. */
  void end() {
    List<Runnable> actions;
    synchronized (lock) {
      ended = true;
      actions = List.copyOf(last);
      last.clear();
    }
    actions.forEach(action -> Guard.run("stream", action));
  }
}
