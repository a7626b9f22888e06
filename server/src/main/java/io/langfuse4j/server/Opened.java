package io.langfuse4j.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What has been opened so far. The last is closed first, and each whatever comes of the others.
 * Confined to the thread that opens, then to the one that closes.
 */
final class Opened implements AutoCloseable {
  private final Deque<Runnable> closings = new ArrayDeque<>();

  /** Returns what was opened. */
  <T> T add(T part, Consumer<? super T> close) {
    closings.push(() -> close.accept(part));
    return part;
  }

  /** Closes everything after a failure, which is returned. */
  <E extends Throwable> E closedAfter(E failure) {
    while (!closings.isEmpty()) {
      try {
        closings.pop().run();
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
    return failure;
  }

  /** Throws what the first that failed has thrown. */
  @Override
  public void close() {
    while (!closings.isEmpty()) {
      try {
        closings.pop().run();
      } catch (RuntimeException e) {
        throw closedAfter(e);
      }
    }
  }
}
