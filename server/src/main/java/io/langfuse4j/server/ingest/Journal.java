package io.langfuse4j.server.ingest;

import io.langfuse4j.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports that are acknowledged but not yet in the store, in the order in which they came, on disk.
 * One thread appends and syncs for everybody who waits; another applies them to the store, a few at
 * a time, and forgets what the store has made durable. After a crash it goes on where it was; an
 * export may then be applied twice, which changes nothing. Thread-safe.
 */
final class Journal implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Journal.class);

  private final JournalFolder folder;
  private final JournalState state;
  private final JournalAppender appender;
  private final Thread appending;
  private final Thread applying;

  /** Guarded by the state's lock, or by nobody yet while the journal is opened. */
  private boolean started;

  private Journal(
      JournalFolder folder, JournalState state, Function<Entry, CompletableFuture<Void>> store) {
    this.folder = folder;
    this.state = state;
    this.appender = new JournalAppender(folder, state);
    this.appending = new Thread(appender, "langfuse4j-journal");
    this.applying =
        new Thread(new JournalApplier(folder, state, store), "langfuse4j-journal-apply");
    appending.setDaemon(true);
    applying.setDaemon(true);
  }

  /**
   * @param path made when it is needed
   * @param limit bytes that may wait before more is refused
   * @param store completes when an entry is durable in the store; an entry may come twice
   * @throws StoreException if what is in the folder cannot be read
   */
  static Journal open(Path path, long limit, Function<Entry, CompletableFuture<Void>> store) {
    JournalFolder folder = new JournalFolder(path);
    try {
      Journal journal = new Journal(folder, recovered(folder, limit), store);
      long waiting = journal.waiting();
      if (waiting > 0) {
        LOGGER.info("{} exports that were acknowledged before are being stored", waiting);
        journal.start();
      }
      return journal;
    } catch (IOException e) {
      throw new StoreException("The journal in " + path + " cannot be read: " + e, e);
    }
  }

  private static JournalState recovered(JournalFolder folder, long limit) throws IOException {
    List<Long> segments = folder.segments();
    Place kept = folder.readPlace();
    long first = segments.isEmpty() ? 1 : segments.get(0);
    Place done = kept.segment() < first ? new Place(first, 0) : kept;
    JournalState state = new JournalState(limit, done);
    for (long segment : segments) {
      if (segment >= done.segment()) {
        recover(folder, state, segment, segment == done.segment() ? done.offset() : 0);
      }
    }
    return state;
  }

  private static void recover(JournalFolder folder, JournalState state, long number, long from)
      throws IOException {
    try (Segment segment = folder.read(number)) {
      int frames = 0;
      long size = 0;
      long offset = from;
      byte[] frame = segment.frame(offset);
      while (frame != null) {
        offset = Segment.after(offset, frame);
        frames++;
        size += frame.length;
        frame = segment.frame(offset);
      }
      state.recovered(frames, size, new Place(number, offset));
    }
  }

  private void start() {
    if (!started) {
      started = true;
      appending.start();
      applying.start();
    }
  }

  /**
   * Completes when the entry is on disk; with {@link io.langfuse4j.server.store.StoreBusyException}
   * when too much waits, with {@link StoreException} when it could not be written.
   */
  CompletableFuture<Void> append(Entry entry) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    try {
      state.accept(
          entry.size(),
          () -> {
            start();
            appender.add(entry, result);
          });
    } catch (StoreException e) {
      result.completeExceptionally(e);
    }
    return result;
  }

  /** Whether the store has everything that was ever accepted. */
  boolean isEmpty() {
    return waiting() == 0;
  }

  /** How many exports the store does not have yet. */
  long waiting() {
    return state.waiting();
  }

  /**
   * Waits until the store has everything that has been acknowledged so far, at most so long.
   *
   * @return whether it has
   */
  boolean settle(Duration patience) {
    return state.settle(patience);
  }

  /** Accepts nothing more; what is not in the store by now is there after the next start. */
  @Override
  public void close() {
    state.close();
    // From here on nobody starts the threads who has not yet.
    if (started) {
      appender.end();
      join(appending);
      join(applying);
    }
    if (isEmpty()) {
      folder.remove();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
