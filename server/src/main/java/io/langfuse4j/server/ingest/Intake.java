package io.langfuse4j.server.ingest;

import io.langfuse4j.server.mapping.SpanMapper;
import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.otlp.OtlpDecoder;
import io.langfuse4j.server.otlp.OtlpException;
import io.langfuse4j.server.otlp.OtlpExport;
import io.langfuse4j.server.store.TraceStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Takes exports: into the store if that has nothing else to do, otherwise into the {@link Journal},
 * which costs a twentieth. Thread-safe.
 */
public final class Intake implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(8);

  /** Readers that wait must leave threads for those who send. */
  private static final int MOST_WAITING = 6;

  private final TraceStore store;
  private final SpanMapper mapper;
  private final Journal journal;
  private final Semaphore waiters = new Semaphore(MOST_WAITING);

  /**
   * @param folder of the journal; made when it is needed
   * @param journalBytes how much may wait in the journal before more is refused
   */
  public Intake(TraceStore store, SpanMapper mapper, Path folder, long journalBytes) {
    this.store = store;
    this.mapper = mapper;
    this.journal = Journal.open(folder, journalBytes, this::store);
  }

  /**
   * @param export what the entry's body says
   * @return completes when the export is on disk; exceptionally as {@link TraceStore#write} does
   */
  public CompletableFuture<Void> accept(Entry entry, OtlpExport export) {
    // Once something waits, everything that follows waits behind it.
    if (journal.isEmpty() && !store.busy()) {
      return store.write(entry.project(), mapped(export));
    }
    return journal.append(entry);
  }

  /**
   * Waits until everything that was acknowledged can be read, but only for a few seconds: behind a
   * flood that lasts, readers get what is there.
   */
  public void settle() {
    if (!journal.isEmpty() && waiters.tryAcquire()) {
      try {
        var unused = journal.settle(PATIENCE);
      } finally {
        waiters.release();
      }
    }
  }

  /** How many exports are acknowledged but cannot be read yet. */
  public long waiting() {
    return journal.waiting();
  }

  @Override
  public void close() {
    var unused = journal.settle(PATIENCE_AT_THE_END);
    journal.close();
  }

  private CompletableFuture<Void> store(Entry entry) {
    try (InputStream body = new BufferedInputStream(entry.open())) {
      OtlpExport export =
          entry.json() ? OtlpDecoder.decodeJson(body) : OtlpDecoder.decodeProtobuf(body);
      return store.write(entry.project(), mapped(export));
    } catch (OtlpException e) {
      return CompletableFuture.failedFuture(e);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(new UncheckedIOException(e));
    }
  }

  /** Mapped one by one as the store takes them, so that a large request is not held twice. */
  private List<MappedSpan> mapped(OtlpExport export) {
    return new AbstractList<>() {
      @Override
      public MappedSpan get(int index) {
        return mapper.map(export.spans().get(index));
      }

      @Override
      public int size() {
        return export.spans().size();
      }
    };
  }
}
