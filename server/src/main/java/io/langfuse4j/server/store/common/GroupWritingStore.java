package io.langfuse4j.server.store.common;

import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.model.TraceUpdate;
import io.langfuse4j.server.pricing.Priced;
import io.langfuse4j.server.pricing.Pricer;
import io.langfuse4j.server.pricing.TokenBudget;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.TraceChange;
import io.langfuse4j.server.store.TraceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a store writes, each piece of work handed to its {@link GroupWriter}. What is costly and
 * needs no order is done before, where the work was received.
 *
 * @param <P> a span made ready for the writing thread
 * @param <T> what a group of writes is gathered in
 */
public abstract class GroupWritingStore<P, T extends GroupWritingStore.Group<P>>
    implements TraceStore {
  /** Exporters give up after five or ten seconds. */
  private static final Duration TOKEN_TIME = Duration.ofSeconds(2);

  /** Takes pieces of work, one after the other, on the writing thread. */
  public interface Group<P> {
    void write(String project, List<P> spans) throws Exception;

    void writeTraces(String project, List<TraceUpdate> updates) throws Exception;

    void writeScores(String project, List<Score> scores) throws Exception;

    int deleteScores(String project, List<String> ids) throws Exception;

    int deleteTraces(String project, List<String> traceIds) throws Exception;

    int deleteOldest(@Nullable Instant before, int most) throws Exception;
  }

  private interface Writing<T, E> {
    void write(T group, String project, List<E> written) throws Exception;
  }

  protected abstract GroupWriter<T> writer();

  protected abstract P prepared(MappedSpan span, Priced priced);

  /** Roughly what a span occupies while it waits. */
  protected abstract long weight(P prepared);

  @Override
  public final CompletableFuture<Void> write(String project, List<MappedSpan> spans) {
    Pricer pricer = pricer();
    TokenBudget budget = new TokenBudget(TOKEN_TIME);
    List<P> prepared;
    try {
      prepared =
          spans.stream()
              .map(span -> prepared(span, pricer.price(project, span.observation(), budget)))
              .toList();
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    }
    return write(project, prepared, this::weight, Group::write);
  }

  @Override
  public final CompletableFuture<Void> writeTraces(String project, List<TraceUpdate> updates) {
    return write(project, List.copyOf(updates), Weights::of, Group::writeTraces);
  }

  @Override
  public final CompletableFuture<Void> writeScores(String project, List<Score> scores) {
    return write(project, List.copyOf(scores), Weights::of, Group::writeScores);
  }

  private <E> CompletableFuture<Void> write(
      String project, List<E> written, ToLongFunction<E> weight, Writing<T, E> writing) {
    if (written.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return writer()
        .submit(
            written.stream().mapToLong(weight).sum(),
            group -> {
              writing.write(group, project, written);
              return written.size();
            })
        .thenApply(count -> null);
  }

  @Override
  public final CompletableFuture<Integer> deleteTraces(String project, List<String> traceIds) {
    List<String> ids = List.copyOf(traceIds);
    return writer().submit(100L * ids.size(), group -> group.deleteTraces(project, ids));
  }

  @Override
  public final CompletableFuture<Integer> deleteScores(String project, List<String> scoreIds) {
    List<String> ids = List.copyOf(scoreIds);
    return writer().submit(100L * ids.size(), group -> group.deleteScores(project, ids));
  }

  @Override
  public final CompletableFuture<Integer> deleteOldest(@Nullable Instant before, int most) {
    return writer().submit(100L * most, group -> group.deleteOldest(before, most));
  }

  @Override
  public final Runnable subscribe(Consumer<TraceChange> listener) {
    return writer().subscribe(listener);
  }
}
