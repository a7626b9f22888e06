package io.langfuse4j.server;

import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.MediaFiles;
import io.langfuse4j.server.store.MediaStore;
import io.langfuse4j.server.store.MediaStore.Held;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes files that nothing refers to any more: within the hour after traces were deleted, and
 * once a day. Files that were announced within the last day stay, since their traces may be on
 * their way. Thread-safe.
 */
final class MediaSweep implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(MediaSweep.class);
  private static final Duration GRACE = Duration.ofDays(1);
  private static final Duration FIRST = Duration.ofMinutes(5);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int ROUNDS_PER_DAY = 24;
  private static final int PAGE = 500;

  private final TraceStore store;
  private final MediaFiles files;
  private final LongSupplier deletedTraces;
  private final Clock clock;
  private final AtomicLong removed = new AtomicLong();
  private final Routine routine = new Routine("langfuse4j-media-sweep", this::round);

  /** Confined to the timer's thread, as is the other. */
  private int rounds;

  private long deletedBefore;

  /**
   * @param deletedTraces how many traces have been deleted so far
   */
  MediaSweep(TraceStore store, MediaFiles files, LongSupplier deletedTraces, Clock clock) {
    this.store = store;
    this.files = files;
    this.deletedTraces = deletedTraces;
    this.clock = clock;
  }

  void start() {
    routine.start(FIRST, EVERY);
  }

  private void round() {
    long deleted = deletedTraces.getAsLong();
    if (rounds++ % ROUNDS_PER_DAY == 0 || deleted != deletedBefore) {
      deletedBefore = deleted;
      run();
    }
  }

  /** Files removed since the start, once for each project that had them. */
  long removed() {
    return removed.get();
  }

  void run() {
    long before = removed.get();
    try {
      sweep(Instant.ofEpochMilli(clock.millis()).minus(GRACE));
    } catch (StoreException | CompletionException e) {
      LOGGER.warn("Files that nothing refers to could not be removed; it is tried again later", e);
    }
    if (removed.get() > before) {
      LOGGER.info("{} files that nothing refers to were removed", removed.get() - before);
    }
  }

  private void sweep(Instant announcedBefore) {
    MediaStore media = store.media();
    long after = 0;
    List<Held> page = media.held(announcedBefore, after, PAGE);
    while (!page.isEmpty() && !routine.closed()) {
      List<Held> more = new ArrayList<>();
      for (Held held : unused(page)) {
        if (held.traceIds().size() < MediaStore.TRACES_SHOWN) {
          remove(held, announcedBefore);
        } else {
          media.forgetTraces(held).join();
          more.add(held);
        }
      }
      // Those whose first traces are gone may have others: they are looked at again.
      after = more.isEmpty() ? page.get(page.size() - 1).number() : more.get(0).number() - 1;
      page = media.held(announcedBefore, after, PAGE);
    }
  }

  private List<Held> unused(List<Held> page) {
    List<Held> unused = new ArrayList<>();
    Map<String, List<Held>> byProject =
        page.stream()
            .filter(held -> !held.inDataset())
            .collect(Collectors.groupingBy(Held::project));
    byProject.forEach(
        (project, ofProject) -> {
          Set<String> traces = existing(project, ofProject);
          for (Held held : ofProject) {
            if (held.traceIds().stream().noneMatch(traces::contains) && !mentioned(held)) {
              unused.add(held);
            }
          }
        });
    return unused;
  }

  private Set<String> existing(String project, List<Held> held) {
    List<String> ids = held.stream().flatMap(each -> each.traceIds().stream()).distinct().toList();
    Set<String> existing = new HashSet<>();
    for (int i = 0; i < ids.size(); i += PAGE) {
      List<String> some = ids.subList(i, Math.min(ids.size(), i + PAGE));
      store
          .traces(TraceQuery.of(project).filters(List.of(Filter.anyOf("id", some))).page(PAGE, 0))
          .forEach(trace -> existing.add(trace.summary().id()));
    }
    return existing;
  }

  /** Whether a trace holds its id as text, as one that repeats another's messages does. */
  private boolean mentioned(Held held) {
    TraceQuery query = TraceQuery.of(held.project()).search(held.media().id());
    return store.countTraces(query, 1) > 0;
  }

  private void remove(Held held, Instant announcedBefore) {
    MediaStore media = store.media();
    if (media.withdraw(held, announcedBefore).join()) {
      files.delete(held.media(), announcedBefore);
    }
    media.forget(held, announcedBefore).join();
    removed.incrementAndGet();
  }

  @Override
  public void close() {
    routine.close();
  }
}
