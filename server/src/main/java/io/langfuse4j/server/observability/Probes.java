package io.langfuse4j.server.observability;

import io.langfuse4j.server.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Questions to what may hang: each is asked on a thread that waits for nothing else, once at a
 * time, and whoever wants to know waits only so long. Thread-safe.
 */
public final class Probes implements AutoCloseable {
  /** As many threads as there are probes, at most, and none when nobody asks. */
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "langfuse4j-probe");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param question throws {@link StoreException} where there is no answer
   */
  public <T> Probe<T> of(Supplier<T> question) {
    return new Probe<>(question);
  }

  /** One question. Who asks while it is being asked gets the same answer. */
  public final class Probe<T> {
    private final Supplier<T> question;
    private final Object lock = new Object();

    /** Guarded by the lock. */
    private @Nullable CompletableFuture<T> asked;

    private Probe(Supplier<T> question) {
      this.question = question;
    }

    /** Completes with the answer, or exceptionally: at the latest when patience is at its end. */
    public CompletableFuture<T> ask(Duration patience) {
      synchronized (lock) {
        if (asked == null || asked.isDone()) {
          asked = CompletableFuture.supplyAsync(question, threads);
        }
        return asked.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
      }
    }

    /**
     * Waits for the answer.
     *
     * @throws StoreException if there is none in time
     */
    public T join(Duration patience) {
      try {
        return ask(patience).join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof TimeoutException) {
          throw new StoreException("There was no answer within " + patience, e);
        }
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw e;
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
