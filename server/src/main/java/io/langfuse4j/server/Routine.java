package io.langfuse4j.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task of the server's own that comes again and again, on a thread of its own. Thread-safe. */
final class Routine implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Routine.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String thread;
  private final Runnable task;
  private volatile @Nullable ScheduledExecutorService timer;
  private volatile boolean closed;

  Routine(String thread, Runnable task) {
    this.thread = thread;
    this.task = task;
  }

  /** Called once. */
  void start(Duration first, Duration every) {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            runnable -> {
              Thread daemon = new Thread(runnable, thread);
              daemon.setDaemon(true);
              return daemon;
            });
    timer = started;
    var unused =
        started.scheduleWithFixedDelay(
            this::once, first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void once() {
    try {
      task.run();
    } catch (RuntimeException e) {
      // A task that throws would not come again.
      LOGGER.warn("{} failed; it is tried again later", thread, e);
    }
  }

  /** Whether a task that is under way should come to its end. */
  boolean closed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    ScheduledExecutorService running = timer;
    if (running == null) {
      return;
    }
    running.shutdown();
    try {
      var unused = running.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
