package io.langfuse4j.server.ingest;

import io.langfuse4j.server.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what was accepted on disk, in its order, with one sync for everybody who waits by then.
 * Whoever adds may be any thread; the rest is confined to the one that runs it.
 */
final class JournalAppender implements Runnable {
  private static final Logger LOGGER = LoggerFactory.getLogger(JournalAppender.class);
  private static final long SEGMENT_BYTES = 32L << 20;

  private final JournalFolder folder;
  private final JournalState state;
  private final BlockingQueue<Pending> pending = new LinkedBlockingQueue<>();

  /** Without an entry: the end. */
  private record Pending(@Nullable Entry entry, CompletableFuture<Void> result) {}

  JournalAppender(JournalFolder folder, JournalState state) {
    this.folder = folder;
    this.state = state;
  }

  /**
   * @param result completes when the entry is on disk
   */
  void add(Entry entry, CompletableFuture<Void> result) {
    pending.add(new Pending(entry, result));
  }

  /** Ends after what was added before. */
  void end() {
    pending.add(new Pending(null, new CompletableFuture<>()));
  }

  @Override
  public void run() {
    Segment segment = null;
    boolean last = false;
    while (!last) {
      List<Pending> group = nextGroup();
      last = group.stream().anyMatch(one -> one.entry == null);
      group = group.stream().filter(one -> one.entry != null).toList();
      if (!group.isEmpty()) {
        segment = append(segment, group);
      }
    }
    close(segment);
  }

  private List<Pending> nextGroup() {
    List<Pending> group = new ArrayList<>();
    boolean interrupted = false;
    while (group.isEmpty()) {
      try {
        group.add(pending.take());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    pending.drainTo(group);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return group;
  }

  /** Returns the segment to go on with; none after a failure. */
  private @Nullable Segment append(@Nullable Segment current, List<Pending> group) {
    Segment segment = current;
    Place place = state.durable();
    try {
      if (segment == null || segment.end() > SEGMENT_BYTES) {
        close(segment);
        place = new Place(place.segment() + 1, 0);
        segment = folder.create(place.segment());
      }
      for (Pending one : group) {
        segment.append(entry(one).encode());
      }
      segment.force();
    } catch (IOException | RuntimeException e) {
      close(segment);
      refuse(group, e, place);
      return null;
    }
    state.appended(group.size(), new Place(place.segment(), segment.end()));
    group.forEach(one -> one.result.complete(null));
    return segment;
  }

  private static Entry entry(Pending pending) {
    return Objects.requireNonNull(pending.entry);
  }

  /**
   * None of the group is acknowledged. The segment is left as it is, for it holds others, and a new
   * one is begun; what is in it of this group may be stored after a crash, as after any failed
   * request.
   */
  private void refuse(List<Pending> group, Exception cause, Place place) {
    LOGGER.error("The journal could not be written; the requests were refused", cause);
    long size = group.stream().mapToLong(one -> entry(one).size()).sum();
    state.refused(group.size(), size, place);
    StoreException failure =
        new StoreException("The journal could not be written: " + cause.getMessage(), cause);
    group.forEach(one -> one.result.completeExceptionally(failure));
  }

  private static void close(@Nullable Segment segment) {
    if (segment != null) {
      try {
        segment.close();
      } catch (IOException e) {
        LOGGER.debug("A segment could not be closed", e);
      }
    }
  }
}
