package io.langfuse4j.server.ingest;

import io.langfuse4j.server.store.StoreBusyException;
import io.langfuse4j.server.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is on disk to the store, in its order, a few at a time, and forgets what the store has
 * made durable. Confined to the thread that runs it.
 */
final class JournalApplier implements Runnable {
  private static final Logger LOGGER = LoggerFactory.getLogger(JournalApplier.class);
  private static final int MOST_UNDER_WAY = 16;
  private static final long BYTES_UNDER_WAY = 4L << 20;
  private static final long BUSY_MILLIS = 20;
  private static final long FAILED_MILLIS = 1_000;

  private final JournalFolder folder;
  private final JournalState state;
  private final Function<Entry, CompletableFuture<Void>> store;

  /** An entry on its way into the store, and the place after it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record UnderWay(Place from, Place after, byte[] frame, CompletableFuture<Void> result) {}

  /**
   * @param store completes when an entry is durable in the store; an entry may come twice
   */
  JournalApplier(
      JournalFolder folder, JournalState state, Function<Entry, CompletableFuture<Void>> store) {
    this.folder = folder;
    this.state = state;
    this.store = store;
  }

  @Override
  public void run() {
    Place end = state.awaitMore();
    while (end != null) {
      try {
        if (!applyUpTo(end)) {
          return;
        }
      } catch (IOException | UncheckedIOException e) {
        LOGGER.error("The journal cannot be read; it is tried again", e);
        pause(FAILED_MILLIS);
      }
      end = state.awaitMore();
    }
  }

  /** Applies what is durable now, in order, several at a time; false if it was stopped. */
  private boolean applyUpTo(Place end) throws IOException {
    Place next = state.done();
    long begun = System.nanoTime();
    Deque<UnderWay> underWay = new ArrayDeque<>();
    while (next.before(end)) {
      long limit = state.endOf(next.segment());
      if (next.offset() >= limit) {
        next = new Place(next.segment() + 1, 0);
        continue;
      }
      try (Segment segment = folder.read(next.segment())) {
        while (next.offset() < limit) {
          if (!finishSome(underWay)) {
            return false;
          }
          if (underWay.isEmpty()) {
            state.giveWay(System.nanoTime() - begun);
            begun = System.nanoTime();
          }
          byte[] frame = segment.frame(next.offset());
          if (frame == null) {
            throw new IOException("The journal is damaged at " + next);
          }
          Place after = new Place(next.segment(), Segment.after(next.offset(), frame));
          underWay.add(new UnderWay(next, after, frame, submit(frame)));
          next = after;
        }
      }
    }
    return finish(underWay, 0);
  }

  private boolean finishSome(Deque<UnderWay> underWay) throws IOException {
    long size = underWay.stream().mapToLong(one -> one.frame.length).sum();
    boolean enough = size > BYTES_UNDER_WAY || underWay.size() >= MOST_UNDER_WAY;
    return finish(underWay, enough ? 0 : MOST_UNDER_WAY);
  }

  /** Waits until no more than so many are under way; false if the journal was closed instead. */
  private boolean finish(Deque<UnderWay> underWay, int left) throws IOException {
    while (underWay.size() > left) {
      if (!finish(underWay.removeFirst())) {
        return false;
      }
    }
    return !state.isClosed();
  }

  private CompletableFuture<Void> submit(byte[] frame) {
    try {
      return store.apply(Entry.decode(frame));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Waits for an entry. The store refuses only for a while: it is asked until it has it. False if
   * the journal was closed before that.
   */
  private boolean finish(UnderWay entry) throws IOException {
    CompletableFuture<Void> result = entry.result;
    boolean told = false;
    while (true) {
      try {
        result.join();
        finished(entry);
        return true;
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof StoreException refused)) {
          folder.setAside(entry.from, entry.frame, e);
          finished(entry);
          return true;
        }
        if (state.isClosed()) {
          return false;
        }
        if (!told && !(refused instanceof StoreBusyException)) {
          LOGGER.error("The store cannot take what was acknowledged; it is tried again", refused);
          told = true;
        }
        pause(refused instanceof StoreBusyException ? BUSY_MILLIS : FAILED_MILLIS);
        result = submit(entry.frame);
      }
    }
  }

  private void finished(UnderWay entry) {
    folder.advance(state.done(), entry.after);
    state.applied(entry.frame.length, entry.after);
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
