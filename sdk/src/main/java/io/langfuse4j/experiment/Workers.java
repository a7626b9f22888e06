package io.langfuse4j.experiment;

import io.opentelemetry.context.Context;
import java.lang.reflect.InvocationTargetException;
import java.util.Iterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Works on many things, a few at a time: on virtual threads where the JDK has them, else on daemon
 * threads. The next thing begins when any other is done, and is not looked at before.
 */
final class Workers {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private Workers() {}

  /** What is done with a thing and its place in the order. */
  @FunctionalInterface
  interface Work<T> {
    void accept(int index, T thing);
  }

  /**
   * Returns when all work is done, also when {@code things} throws, which this then throws on. Work
   * begins in the caller's OpenTelemetry context, and must not throw.
   *
   * @return false if the caller was interrupted; work that had begun was interrupted too, and the
   *     rest was not begun
   */
  static <T> boolean run(int maxConcurrency, Iterator<T> things, Work<T> work) {
    ExecutorService executor = newExecutor();
    Semaphore free = new Semaphore(maxConcurrency);
    Context context = Context.current();
    try {
      for (int i = 0; things.hasNext(); i++) {
        int index = i;
        T thing = things.next();
        free.acquire();
        executor.execute(
            context.wrap(
                () -> {
                  try {
                    work.accept(index, thing);
                  } finally {
                    free.release();
                  }
                }));
      }
      free.acquire(maxConcurrency);
      free.release(maxConcurrency);
      return true;
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
      return false;
    } finally {
      executor.shutdown();
      free.acquireUninterruptibly(maxConcurrency);
    }
  }

  /** A thread for each task. */
  static ExecutorService newExecutor() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException before21) {
      return Executors.newCachedThreadPool(Workers::daemon);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "langfuse-experiment-" + NUMBER.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
