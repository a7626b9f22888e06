package io.langfuse4j.server.store.postgres;

import io.langfuse4j.server.pricing.Pricer;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.sql.SqlMetadataStore;
import io.langfuse4j.server.store.sql.SqlModelStore;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metadata that several servers share. What they keep in memory of it, models and keys, is looked
 * after once a second. While PostgreSQL is away they go on with what they have. Thread-safe.
 */
public final class PostgresMetadataStore extends SqlMetadataStore {
  private static final Logger LOGGER = LoggerFactory.getLogger(PostgresMetadataStore.class);

  /**
   * Rows of both tables are added and deleted, never changed, and keys are not given twice: number
   * and sum tell whether they are the same as before.
   */
  private static final String REVISION =
      "SELECT (SELECT count(*) || '/' || coalesce(sum(pk), 0) FROM model) || ' '"
          + " || (SELECT count(*) || '/' || coalesce(sum(pk), 0) FROM api_key) AS revision";

  private static final long EVERY_MILLIS = 1_000;
  private static final long PATIENCE_MILLIS = 500;

  private final PostgresDatabase database;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService watch;
  private final Runnable afterClose;

  /** Of the watching thread. */
  private @Nullable String revision;

  /** Whether PostgreSQL did not answer last time; written by the watching thread only. */
  private volatile boolean silent;

  /** Whether somebody has waited in vain for the look that is under way. */
  private volatile boolean slow;

  private final Object lock = new Object();

  /** A look that was asked for and has not begun; guarded by the lock. */
  private @Nullable CompletableFuture<Void> next;

  private PostgresMetadataStore(PostgresDatabase database, Pricer pricer, Runnable afterClose) {
    super(database, pricer);
    this.afterClose = afterClose;
    this.database = database;
    this.listeners.add(pricer::forgetAll);
    this.watch =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "langfuse4j-metadata-watch");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Makes or updates the tables, and opens the store.
   *
   * @param waitingBytes how much may wait to be written before writes are refused
   * @param afterClose run when the store is closed
   * @throws StoreException in one sentence, if PostgreSQL cannot be used
   */
  public static PostgresMetadataStore open(
      PostgresSettings settings, Clock clock, long waitingBytes, Runnable afterClose) {
    PostgresDatabase database = PostgresDatabase.open(settings, clock, waitingBytes);
    Pricer pricer =
        new Pricer(project -> database.read(session -> SqlModelStore.own(session, project)));
    PostgresMetadataStore store = new PostgresMetadataStore(database, pricer, afterClose);
    var unused =
        store.watch.scheduleWithFixedDelay(
            store::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return store;
  }

  @Override
  public void onForeignChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void lookForForeignChanges() {
    if (silent || slow) {
      return;
    }
    CompletableFuture<?> looked;
    synchronized (lock) {
      if (next == null) {
        next = CompletableFuture.runAsync(this::lookNext, watch);
      }
      looked = next;
    }
    try {
      looked.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Others do not wait until it answers: they are on the threads that serve everybody.
      slow = true;
      LOGGER.debug("Nothing is known of changes", e);
    } catch (ExecutionException e) {
      LOGGER.debug("Nothing is known of changes", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whoever asks from now on wants a look that begins later. */
  private void lookNext() {
    synchronized (lock) {
      next = null;
    }
    look();
  }

  private void look() {
    try {
      String found =
          database.read(session -> session.list(REVISION, row -> row.getString("revision")).get(0));
      if (!found.equals(revision)) {
        listeners.forEach(Runnable::run);
        revision = found;
      }
      silent = false;
    } catch (RuntimeException e) {
      if (!silent) {
        LOGGER.warn("Changes of keys and models by other servers are not noticed at present", e);
      }
      silent = true;
    }
    slow = false;
  }

  @Override
  public void close() {
    watch.shutdownNow();
    try {
      super.close();
    } finally {
      afterClose.run();
    }
  }
}
