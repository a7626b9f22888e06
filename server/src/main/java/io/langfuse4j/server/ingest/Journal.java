package io.langfuse4j.server.ingest;

import io.langfuse4j.server.store.StoreBusyException;
import io.langfuse4j.server.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
  private static final long SEGMENT_BYTES = 32L << 20;
  private static final int MOST_UNDER_WAY = 16;
  private static final long BYTES_UNDER_WAY = 4L << 20;
  private static final long BUSY_MILLIS = 20;
  private static final long FAILED_MILLIS = 1_000;

  /**
   * While more arrives, taking it comes before storing it, which then gets a tenth of the time, and
   * more the more waits; until so much waits, or somebody wants to read.
   */
  private static final long BYTES_AHEAD = 128L << 20;

  private static final long ARRIVING_NANOS = 50_000_000;
  private static final double MOST_PATIENCE = 9;

  private final Path folder;
  private final long limit;
  private final Function<Entry, CompletableFuture<Void>> store;
  private final BlockingQueue<Pending> pending = new LinkedBlockingQueue<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition appendedMore = lock.newCondition();
  private final Condition appliedMore = lock.newCondition();
  private final Thread appender = new Thread(this::append, "langfuse4j-journal");
  private final Thread applier = new Thread(this::apply, "langfuse4j-journal-apply");

  // Guarded by lock.
  private boolean started;
  private boolean closed;
  private long accepted;
  private long appended;
  private long applied;
  private long bytes;
  private long lastAppended = System.nanoTime() - ARRIVING_NANOS;
  private int waitingReaders;
  private Place durable;
  private Place done;

  /** Up to where the segments hold what was acknowledged; nothing after that is applied. */
  private final Map<Long, Long> ends = new HashMap<>();

  /** Where a frame begins. */
  private record Place(long segment, long offset) {
    boolean before(Place other) {
      return segment < other.segment || segment == other.segment && offset < other.offset;
    }
  }

  private record Pending(@Nullable Entry entry, CompletableFuture<Void> result) {}

  /** An entry on its way into the store, and the place after it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record UnderWay(Place from, Place after, byte[] frame, CompletableFuture<Void> result) {}

  private Journal(Path folder, long limit, Function<Entry, CompletableFuture<Void>> store)
      throws IOException {
    this.folder = folder;
    this.limit = limit;
    this.store = store;
    appender.setDaemon(true);
    applier.setDaemon(true);
    List<Long> segments = segments();
    Place kept = readPlace();
    long first = segments.isEmpty() ? 1 : segments.get(0);
    this.done = kept.segment < first ? new Place(first, 0) : kept;
    this.durable = done;
    for (long segment : segments) {
      if (segment >= done.segment) {
        recover(segment);
      }
    }
    if (appended > 0) {
      LOGGER.info("{} exports that were acknowledged before are being stored", appended);
      start();
    }
  }

  /**
   * @param folder made when it is needed
   * @param limit bytes that may wait before more is refused
   * @param store completes when an entry is durable in the store; an entry may come twice
   * @throws StoreException if what is in the folder cannot be read
   */
  static Journal open(Path folder, long limit, Function<Entry, CompletableFuture<Void>> store) {
    try {
      return new Journal(folder, limit, store);
    } catch (IOException e) {
      throw new StoreException("The journal in " + folder + " cannot be read: " + e, e);
    }
  }

  private List<Long> segments() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(Segment.SUFFIX))
          .map(Segment::number)
          .sorted()
          .toList();
    }
  }

  private void recover(long number) throws IOException {
    try (Segment segment = Segment.read(folder, number)) {
      long offset = number == done.segment ? done.offset : 0;
      byte[] frame = segment.frame(offset);
      while (frame != null) {
        offset = Segment.after(offset, frame);
        appended++;
        bytes += frame.length;
        frame = segment.frame(offset);
      }
      accepted = appended;
      durable = new Place(number, offset);
      ends.put(number, offset);
    }
  }

  /**
   * Completes when the entry is on disk; with {@link StoreBusyException} when too much waits, with
   * {@link StoreException} when it could not be written.
   */
  CompletableFuture<Void> append(Entry entry) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    long size = entry.size();
    lock.lock();
    try {
      if (closed) {
        return CompletableFuture.failedFuture(new StoreException("The store is closed"));
      }
      if (bytes > 0 && bytes + size > limit) {
        return CompletableFuture.failedFuture(
            new StoreBusyException("Too many observations are waiting to be stored"));
      }
      bytes += size;
      accepted++;
      start();
      pending.add(new Pending(entry, result));
      return result;
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    if (!started) {
      started = true;
      appender.start();
      applier.start();
    }
  }

  /** Whether the store has everything that was ever accepted. */
  boolean isEmpty() {
    return waiting() == 0;
  }

  /** How many exports the store does not have yet. */
  long waiting() {
    lock.lock();
    try {
      return accepted - applied;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the store has everything that has been acknowledged so far, at most so long.
   *
   * @return whether it has
   */
  boolean settle(Duration patience) {
    lock.lock();
    try {
      long target = appended;
      long left = patience.toNanos();
      waitingReaders++;
      appendedMore.signalAll();
      try {
        while (applied < target && left > 0) {
          left = appliedMore.awaitNanos(left);
        }
      } finally {
        waitingReaders--;
      }
      return applied >= target;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Accepts nothing more; what is not in the store by now is there after the next start. */
  @Override
  public void close() {
    boolean wasStarted;
    lock.lock();
    try {
      wasStarted = started;
      closed = true;
      appendedMore.signalAll();
    } finally {
      lock.unlock();
    }
    if (wasStarted) {
      pending.add(new Pending(null, new CompletableFuture<>()));
      join(appender);
      join(applier);
    }
    removeIfEmpty();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void removeIfEmpty() {
    if (!isEmpty() || !Files.isDirectory(folder)) {
      return;
    }
    try {
      for (long segment : segments()) {
        Files.deleteIfExists(Segment.file(folder, segment));
      }
      Files.deleteIfExists(placeFile());
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      LOGGER.debug("The empty journal could not be removed", e);
    }
  }

  // The appending thread.

  private void append() {
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
    Place place = durablePlace();
    try {
      if (segment == null || segment.end() > SEGMENT_BYTES) {
        close(segment);
        place = new Place(place.segment + 1, 0);
        segment = Segment.create(folder, place.segment);
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
    appended(group, new Place(place.segment, segment.end()));
    return segment;
  }

  private static Entry entry(Pending pending) {
    return Objects.requireNonNull(pending.entry);
  }

  private void appended(List<Pending> group, Place end) {
    lock.lock();
    try {
      durable = end;
      ends.put(end.segment, end.offset);
      appended += group.size();
      lastAppended = System.nanoTime();
      appendedMore.signalAll();
    } finally {
      lock.unlock();
    }
    group.forEach(one -> one.result.complete(null));
  }

  /**
   * None of the group is acknowledged. The segment is left as it is, for it holds others, and a new
   * one is begun; what is in it of this group may be stored after a crash, as after any failed
   * request.
   */
  private void refuse(List<Pending> group, Exception cause, Place place) {
    LOGGER.error("The journal could not be written; the requests were refused", cause);
    lock.lock();
    try {
      durable = place.before(durable) ? durable : place;
      accepted -= group.size();
      for (Pending one : group) {
        bytes -= entry(one).size();
      }
    } finally {
      lock.unlock();
    }
    StoreException failure =
        new StoreException("The journal could not be written: " + cause.getMessage(), cause);
    group.forEach(one -> one.result.completeExceptionally(failure));
  }

  private Place durablePlace() {
    lock.lock();
    try {
      return durable;
    } finally {
      lock.unlock();
    }
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

  // The applying thread.

  private void apply() {
    Place end = awaitMore();
    while (end != null) {
      try {
        if (!applyUpTo(end)) {
          return;
        }
      } catch (IOException | UncheckedIOException e) {
        LOGGER.error("The journal cannot be read; it is tried again", e);
        pause(FAILED_MILLIS);
      }
      end = awaitMore();
    }
  }

  /** The end of what is durable, once that is further than what is done; null when closed. */
  private @Nullable Place awaitMore() {
    lock.lock();
    try {
      while (!closed && !done.before(durable)) {
        appendedMore.await();
      }
      return closed ? null : durable;
    } catch (InterruptedException e) {
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Applies what is durable now, in order, several at a time; false if it was stopped. */
  private boolean applyUpTo(Place end) throws IOException {
    Place next = done();
    long begun = System.nanoTime();
    Deque<UnderWay> underWay = new ArrayDeque<>();
    while (next.before(end)) {
      long limit = endOf(next.segment);
      if (next.offset >= limit) {
        next = new Place(next.segment + 1, 0);
        continue;
      }
      try (Segment segment = Segment.read(folder, next.segment)) {
        while (next.offset < limit) {
          if (!finishSome(underWay)) {
            return false;
          }
          if (underWay.isEmpty()) {
            giveWay(System.nanoTime() - begun);
            begun = System.nanoTime();
          }
          byte[] frame = segment.frame(next.offset);
          if (frame == null) {
            throw new IOException("The journal is damaged at " + next);
          }
          Place after = new Place(next.segment, Segment.after(next.offset, frame));
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

  private void giveWay(long workedNanos) {
    lock.lock();
    try {
      double room = 1.0 - (double) bytes / BYTES_AHEAD;
      long until = System.nanoTime() + (long) (MOST_PATIENCE * room * workedNanos);
      while (until - System.nanoTime() > 0
          && !closed
          && waitingReaders == 0
          && bytes < BYTES_AHEAD
          && System.nanoTime() - lastAppended < ARRIVING_NANOS) {
        var unused = appendedMore.awaitNanos(ARRIVING_NANOS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no more than so many are under way; false if the journal was closed instead. */
  private boolean finish(Deque<UnderWay> underWay, int left) throws IOException {
    while (underWay.size() > left) {
      if (!finish(underWay.removeFirst())) {
        return false;
      }
    }
    return !isClosed();
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
          setAside(entry, e);
          finished(entry);
          return true;
        }
        if (isClosed()) {
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

  /** An export that cannot be understood any more must neither be lost nor stop the others. */
  private void setAside(UnderWay entry, Throwable cause) throws IOException {
    Path file = folder.resolve(entry.from.segment + "-" + entry.from.offset + ".rejected");
    LOGGER.error("An export could not be stored and was set aside as {}", file, cause);
    Files.write(file, entry.frame);
  }

  private void finished(UnderWay entry) {
    Place before = done();
    try {
      writePlace(entry.after);
      for (long old = before.segment; old < entry.after.segment; old++) {
        Files.deleteIfExists(Segment.file(folder, old));
      }
    } catch (IOException e) {
      LOGGER.debug("More than needed is left of the journal", e);
    }
    lock.lock();
    try {
      ends.keySet().removeIf(segment -> segment < entry.after.segment);
      done = entry.after;
      applied++;
      bytes -= entry.frame.length;
      appliedMore.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Place done() {
    lock.lock();
    try {
      return done;
    } finally {
      lock.unlock();
    }
  }

  private long endOf(long segment) {
    lock.lock();
    try {
      return ends.getOrDefault(segment, 0L);
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // The place that has been reached. It need not be on disk: from an older one more is applied
  // again.

  private Path placeFile() {
    return folder.resolve("applied");
  }

  private Place readPlace() throws IOException {
    Path file = placeFile();
    if (!Files.exists(file) || Files.size(file) < 2 * Long.BYTES) {
      return new Place(0, 0);
    }
    ByteBuffer kept = ByteBuffer.wrap(Files.readAllBytes(file));
    return new Place(kept.getLong(), kept.getLong());
  }

  private void writePlace(Place place) throws IOException {
    ByteBuffer kept = ByteBuffer.allocate(2 * Long.BYTES);
    kept.putLong(place.segment).putLong(place.offset).flip();
    try (FileChannel channel =
        FileChannel.open(placeFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(kept, 0);
    }
  }
}
