package io.langfuse4j.server.store.clickhouse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.model.TraceUpdate;
import io.langfuse4j.server.pricing.Pricer;
import io.langfuse4j.server.pricing.TokenBudget;
import io.langfuse4j.server.store.TraceChange;
import io.langfuse4j.server.store.common.GroupWriter;
import io.langfuse4j.server.store.common.GroupWritingStore;
import io.langfuse4j.server.store.common.ObservationMerge;
import io.langfuse4j.server.store.common.ScoreMerge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One group of writes: gathered, then merged with what is stored of the same ids, then inserted
 * with one statement per table. Confined to the writing thread.
 */
final class WriteBatch implements GroupWritingStore.Group<Prepared> {
  /** Everybody waits for the writing thread: here even less may be counted than elsewhere. */
  private static final Duration TOKEN_TIME = Duration.ofMillis(200);

  /** How many days back a span is looked for that arrives again. */
  private static final int MERGED_DAYS = 2;

  private final ClickHouse clickHouse;
  private final Pricer pricer;
  private final Instant now;
  private final LocalDate today;
  private final AtomicLong revisions;
  private final ChangesElsewhere elsewhere;
  private final TokenBudget budget = new TokenBudget(TOKEN_TIME);
  private final Map<String, List<Write>> writes = new LinkedHashMap<>();
  private final Map<String, List<Score>> scores = new LinkedHashMap<>();
  private final Map<ChangeKey, Instant> changes = new LinkedHashMap<>();

  private WriteBatch(
      ClickHouse clickHouse,
      Pricer pricer,
      Instant now,
      AtomicLong revisions,
      ChangesElsewhere elsewhere) {
    this.clickHouse = clickHouse;
    this.pricer = pricer;
    this.now = now;
    this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    this.revisions = revisions;
    this.elsewhere = elsewhere;
  }

  static GroupWriter.Transactions<WriteBatch> transactions(
      ClickHouse clickHouse, Pricer pricer, Clock clock, ChangesElsewhere elsewhere) {
    AtomicLong revisions = new AtomicLong();
    return new GroupWriter.Transactions<>() {
      @Override
      public WriteBatch begin() {
        Instant now = Instant.ofEpochMilli(clock.millis());
        // Rises within this server whatever the clock does, and with the clock between servers.
        revisions.accumulateAndGet(micros(), Math::max);
        return new WriteBatch(clickHouse, pricer, now, revisions, elsewhere);
      }

      @Override
      public List<TraceChange> commit(WriteBatch batch) {
        batch.flush();
        return batch.changes();
      }

      @Override
      public void rollback(WriteBatch batch) {
        // Nothing to undo: what was inserted may be inserted again.
      }
    };
  }

  /** The time that revisions are made of. */
  static long micros() {
    return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
  }

  @Override
  public void write(String project, List<Prepared> spans) {
    spans.stream()
        .sorted(Comparator.comparing(WriteBatch::time))
        .forEach(span -> gather(project, new Write(span, null)));
  }

  @Override
  public void writeTraces(String project, List<TraceUpdate> updates) {
    updates.stream()
        .sorted(Comparator.comparing(TraceUpdate::timestamp))
        .forEach(update -> gather(project, new Write(null, update)));
  }

  private void gather(String project, Write write) {
    writes.computeIfAbsent(project, key -> new ArrayList<>()).add(write);
  }

  private static Instant time(Prepared span) {
    TraceUpdate update = span.update();
    return update == null ? span.observation().timing().startTime() : update.timestamp();
  }

  @Override
  public void writeScores(String project, List<Score> given) {
    scores.computeIfAbsent(project, key -> new ArrayList<>()).addAll(given);
  }

  @Override
  public int deleteScores(String project, List<String> ids) {
    flush();
    String where = " WHERE project = " + Literal.of(project) + " AND id IN " + Literal.list(ids);
    long count = clickHouse.number("SELECT uniqExact(id) AS n FROM scores" + where);
    if (count > 0) {
      delete("scores", where);
    }
    return (int) count;
  }

  @Override
  public int deleteTraces(String project, List<String> traceIds) {
    flush();
    String where =
        " WHERE project = " + Literal.of(project) + " AND trace_id IN " + Literal.list(traceIds);
    long count = clickHouse.number("SELECT uniqExact(trace_id) AS n FROM observations" + where);
    if (count > 0) {
      delete("scores", where);
      delete("observations", where);
    }
    return (int) count;
  }

  private void delete(String table, String where) {
    clickHouse.execute("DELETE FROM " + Schema.stored(clickHouse.settings(), table) + where);
  }

  @Override
  public int deleteOldest(@Nullable Instant before, int most) {
    flush();
    Map<String, List<String>> oldest = new LinkedHashMap<>();
    String older = before == null ? "" : " HAVING timestamp < " + Literal.of(before);
    clickHouse
        .query(
            "SELECT o.project AS project, o.trace_id AS trace_id,"
                + " min(least(o.start_time, o.u_time)) AS timestamp FROM observations AS o"
                + " GROUP BY o.project, o.trace_id"
                + older
                + " ORDER BY timestamp"
                + Paging.limit(most, 0),
            row -> List.of(row.required("project"), row.required("trace_id")))
        .forEach(
            found ->
                oldest.computeIfAbsent(found.get(0), key -> new ArrayList<>()).add(found.get(1)));
    int deleted = 0;
    for (Map.Entry<String, List<String>> entry : oldest.entrySet()) {
      deleted += deleteTraces(entry.getKey(), entry.getValue());
    }
    return deleted;
  }

  /** Inserts what was gathered. */
  private void flush() {
    List<ObjectNode> rows = new ArrayList<>();
    writes.forEach((project, gathered) -> rows.addAll(rows(project, gathered)));
    clickHouse.insert("observations", rows);
    elsewhere.written(rows);
    writes.clear();
    List<ObjectNode> scoreRows = new ArrayList<>();
    scores.forEach((project, gathered) -> scoreRows.addAll(scoreRows(project, gathered)));
    clickHouse.insert("scores", scoreRows);
    elsewhere.written(scoreRows);
    scores.forEach(this::tellOfScoredTraces);
    scores.clear();
  }

  private List<ObjectNode> rows(String project, List<Write> gathered) {
    Map<SpanKey, Prepared.Stored> known = stored(project, gathered);
    List<ObjectNode> rows = new ArrayList<>();
    for (Write write : gathered) {
      TraceUpdate update = write.update();
      if (update != null) {
        rows.add(ObservationRows.row(project, update, today, revisions.incrementAndGet(), now));
        changed(project, update.traceId(), update.timestamp());
      }
      Prepared span = write.span();
      if (span != null) {
        ObjectNode row = row(project, span, known);
        if (row != null) {
          rows.add(row);
          changed(project, span.observation().traceId(), time(span));
        }
      }
    }
    return rows;
  }

  /** Null if the span says nothing that is not stored. */
  private @Nullable ObjectNode row(
      String project, Prepared span, Map<SpanKey, Prepared.Stored> known) {
    SpanKey key = SpanKey.of(span);
    Prepared.Stored stored = known.get(key);
    Prepared merged = span;
    LocalDate day = today;
    Instant createdAt = now;
    if (stored != null) {
      Observation observation = ObservationMerge.merge(stored.observation(), span.observation());
      TraceUpdate update = UpdateColumns.merge(stored.update(), span.update());
      if (ObservationRows.same(stored, observation, update)) {
        return null;
      }
      merged = Prepared.of(observation, update, pricer.price(project, observation, budget));
      day = stored.day();
      createdAt = stored.createdAt();
    }
    known.put(key, new Prepared.Stored(merged.observation(), merged.update(), day, createdAt));
    return ObservationRows.row(project, merged, day, revisions.incrementAndGet(), createdAt, now);
  }

  private Map<SpanKey, Prepared.Stored> stored(String project, List<Write> gathered) {
    Map<SpanKey, Prepared.Stored> known = new LinkedHashMap<>();
    String keys =
        gathered.stream()
            .map(Write::span)
            .filter(Objects::nonNull)
            .map(SpanKey::of)
            .distinct()
            .map(key -> "(" + Literal.of(key.traceId()) + ", " + Literal.of(key.id()) + ")")
            .collect(Collectors.joining(", "));
    if (keys.isEmpty()) {
      return known;
    }
    clickHouse
        .query(
            "SELECT "
                + ObservationRows.COMPLETE
                + " FROM observations AS o FINAL WHERE o.project = "
                + Literal.of(project)
                + " AND o.part = 0 AND o.day >= '"
                + today.minusDays(MERGED_DAYS)
                + "' AND (o.trace_id, o.id) IN ("
                + keys
                + ")",
            ObservationRows::stored)
        .forEach(
            stored ->
                known.put(
                    new SpanKey(stored.observation().traceId(), stored.observation().id()),
                    stored));
    return known;
  }

  private List<ObjectNode> scoreRows(String project, List<Score> gathered) {
    Map<String, ScoreRows.Stored> known = new LinkedHashMap<>();
    clickHouse
        .query(
            "SELECT "
                + ScoreRows.COLUMNS
                + " FROM scores AS s FINAL WHERE s.project = "
                + Literal.of(project)
                + " AND s.id IN "
                + Literal.list(gathered.stream().map(Score::id).distinct().toList()),
            ScoreRows::stored)
        .forEach(stored -> known.put(stored.score().id(), stored));
    List<ObjectNode> rows = new ArrayList<>();
    for (Score score : gathered) {
      ScoreRows.Stored stored = known.get(score.id());
      Score merged = stored == null ? score : ScoreMerge.merge(stored.score(), score);
      LocalDate day = stored == null ? today : stored.day();
      Instant createdAt = stored == null ? now : stored.createdAt();
      known.put(score.id(), new ScoreRows.Stored(merged, day, createdAt));
      rows.add(ScoreRows.row(project, merged, day, revisions.incrementAndGet(), createdAt, now));
    }
    return rows;
  }

  private void tellOfScoredTraces(String project, List<Score> gathered) {
    List<String> traceIds =
        gathered.stream()
            .map(score -> score.subject().traceId())
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    if (traceIds.isEmpty()) {
      return;
    }
    String columns = "t.id, t.timestamp";
    clickHouse
        .query(
            "SELECT " + columns + new Traces(project).ids(traceIds).from(columns),
            row -> Map.entry(row.required("id"), row.requiredInstant("timestamp")))
        .forEach(trace -> changed(project, trace.getKey(), trace.getValue()));
  }

  private void changed(String project, String traceId, Instant time) {
    changes.merge(
        new ChangeKey(project, traceId),
        time,
        (older, newer) -> newer.isBefore(older) ? newer : older);
  }

  private List<TraceChange> changes() {
    return changes.entrySet().stream()
        .map(
            change ->
                new TraceChange(
                    change.getKey().project(), change.getKey().traceId(), change.getValue()))
        .toList();
  }

  /** Either of the two. */
  private record Write(@Nullable Prepared span, @Nullable TraceUpdate update) {}

  private record SpanKey(String traceId, String id) {
    static SpanKey of(Prepared span) {
      return new SpanKey(span.observation().traceId(), span.observation().id());
    }
  }

  private record ChangeKey(String project, String traceId) {}
}
