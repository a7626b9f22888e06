package io.langfuse4j.server.store.sqlite.writing;

import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.model.TraceUpdate;
import io.langfuse4j.server.pricing.Pricer;
import io.langfuse4j.server.pricing.TokenBudget;
import io.langfuse4j.server.store.TraceChange;
import io.langfuse4j.server.store.common.GroupWritingStore;
import io.langfuse4j.server.store.common.Inferred;
import io.langfuse4j.server.store.common.ObservationMerge;
import io.langfuse4j.server.store.common.Preview;
import io.langfuse4j.server.store.sql.RowMapper;
import io.langfuse4j.server.store.sql.Rows;
import io.langfuse4j.server.store.sql.Transaction;
import io.langfuse4j.server.store.sqlite.database.Statements;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One group of writes. Observations are written as they come; traces are gathered and written once
 * at {@link #flush}. Confined to the writing thread, between BEGIN and COMMIT.
 */
public final class WriteTransaction implements Transaction, GroupWritingStore.Group<PreparedSpan> {
  /** Everybody waits for the writing thread: here even less may be counted than elsewhere. */
  private static final Duration TOKEN_TIME = Duration.ofMillis(200);

  private static final Instant FOREVER = Instant.ofEpochMilli(Long.MAX_VALUE);
  private static final int PAGES_GIVEN_BACK = 2_000;

  private static final String PUT_OBSERVATION_CONTENT =
      "INSERT INTO observation_content (observation, input, output, details) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT (observation) DO UPDATE SET input = excluded.input,"
          + " output = excluded.output, details = excluded.details";
  private static final String PUT_HIGHEST_KEY =
      "INSERT INTO highest_key (name, pk) VALUES (?, ?)"
          + " ON CONFLICT (name) DO UPDATE SET pk = excluded.pk";
  private static final List<String> DELETE_TRACE =
      List.of(
          "DELETE FROM score WHERE (trace_id, project) ="
              + " (SELECT id, project FROM trace WHERE pk = ?)",
          "DELETE FROM media_use WHERE trace_id = (SELECT id FROM trace WHERE pk = ?1)"
              + " AND media IN (SELECT pk FROM media WHERE project ="
              + " (SELECT project FROM trace WHERE pk = ?1))",
          "DELETE FROM experiment_item WHERE observation IN"
              + " (SELECT pk FROM observation WHERE trace = ?)",
          "DELETE FROM observation_content WHERE observation IN"
              + " (SELECT pk FROM observation WHERE trace = ?)",
          "DELETE FROM observation WHERE trace = ?",
          "DELETE FROM trace_term WHERE trace = ?",
          "DELETE FROM trace_content WHERE trace = ?",
          "DELETE FROM trace WHERE pk = ?");

  private final Statements statements;
  private final Keys keys;
  private final Pricer pricer;
  private final TokenBudget budget = new TokenBudget(TOKEN_TIME);
  private final Instant now;
  private final ProjectTotals totals = new ProjectTotals();
  private final GatheredTraces traces;
  private final List<TraceChange> changes = new ArrayList<>();
  private final Set<Long> searchedAnew = new LinkedHashSet<>();

  WriteTransaction(Statements statements, Keys keys, Pricer pricer, Clock clock) {
    this.statements = statements;
    this.keys = keys;
    this.pricer = pricer;
    this.now = Instant.ofEpochMilli(clock.millis());
    this.traces = new GatheredTraces(statements, keys, totals, now);
  }

  @Override
  public int execute(String sql, @Nullable Object... values) throws SQLException {
    return statements.execute(sql, values);
  }

  @Override
  public <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... values)
      throws SQLException {
    return statements.list(sql, mapper, values);
  }

  public long project(String id) throws SQLException {
    return keys.project(id);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void write(String projectId, List<PreparedSpan> spans) throws SQLException {
    long project = keys.project(projectId);
    List<PreparedSpan> updates = new ArrayList<>();
    for (PreparedSpan span : spans) {
      writeObservation(trace(project, span), span);
      if (span.trace() != null) {
        updates.add(span);
      }
    }
    updates.sort(Comparator.comparing(span -> Objects.requireNonNull(span.trace()).timestamp()));
    for (PreparedSpan span : updates) {
      TraceRow trace = trace(project, span);
      trace.apply(
          Objects.requireNonNull(span.trace()),
          Objects.requireNonNull(span.preview()),
          traces.content(trace));
    }
  }

  @Override
  public void writeTraces(String projectId, List<TraceUpdate> updates) throws SQLException {
    long project = keys.project(projectId);
    List<TraceUpdate> ordered = new ArrayList<>(updates);
    ordered.sort(Comparator.comparing(TraceUpdate::timestamp));
    for (TraceUpdate update : ordered) {
      TraceRow trace =
          traces.get(project, update.traceId(), update.timestamp(), update.environment());
      trace.apply(update, Preview.of(update), traces.content(trace));
      searchedAnew.add(trace.pk);
    }
  }

  @Override
  public void writeScores(String projectId, List<Score> scores) throws SQLException {
    long project = keys.project(projectId);
    for (Score score : scores) {
      ScoreRows.put(statements, project, score, now);
      String traceId = score.subject().traceId();
      TraceRow trace = traceId == null ? null : traces.stored(project, traceId);
      if (trace != null) {
        changes.add(new TraceChange(projectId, trace.id, trace.timestamp()));
      }
    }
  }

  @Override
  public int deleteScores(String projectId, List<String> ids) throws SQLException {
    long project = keys.project(projectId);
    int deleted = 0;
    for (String id : ids) {
      deleted += statements.execute("DELETE FROM score WHERE id = ? AND project = ?", id, project);
    }
    return deleted;
  }

  @Override
  public int deleteTraces(String projectId, List<String> traceIds) throws SQLException {
    long project = keys.project(projectId);
    flush();
    int deleted = 0;
    for (String id : traceIds) {
      TraceRow trace = traces.stored(project, id);
      if (trace != null) {
        totals.add(project, -1, -trace.observations());
        for (String sql : DELETE_TRACE) {
          statements.execute(sql, trace.pk);
        }
        searchedAnew.add(trace.pk);
        deleted++;
      }
    }
    if (deleted > 0) {
      statements.execute(PUT_HIGHEST_KEY, "trace", keys.lastTrace());
      statements.execute(PUT_HIGHEST_KEY, "observation", keys.lastObservation());
    }
    return deleted;
  }

  /** The oldest of the project that has the oldest, so that several calls reach all. */
  @Override
  public int deleteOldest(@Nullable Instant before, int most) throws SQLException {
    Instant limit = before == null ? FOREVER : before;
    PreparedStatement oldest =
        statements.prepare(
            "SELECT p.pk, p.id FROM project p ORDER BY (SELECT min(t.timestamp) FROM trace t"
                + " WHERE t.project = p.pk) NULLS LAST LIMIT 1");
    long project;
    String projectId;
    try (ResultSet row = oldest.executeQuery()) {
      if (!row.next()) {
        return 0;
      }
      project = row.getLong(1);
      projectId = row.getString(2);
    }
    List<String> ids = new ArrayList<>();
    PreparedStatement select =
        statements.prepare(
            "SELECT id FROM trace WHERE project = ? AND timestamp < ? ORDER BY timestamp LIMIT ?");
    Rows.bind(select, project, limit, most);
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ids.add(row.getString(1));
      }
    }
    return deleteTraces(projectId, ids);
  }

  /** Pages that deletions have emptied go back to the disk, a few at a time. */
  public boolean shrink() throws SQLException {
    statements.run("PRAGMA incremental_vacuum(" + PAGES_GIVEN_BACK + ")");
    return true;
  }

  /** Writes the gathered traces. */
  void flush() throws SQLException {
    changes.addAll(traces.flush());
    for (long trace : searchedAnew) {
      statements.execute("INSERT INTO search_queue (trace) VALUES (?)", trace);
    }
    searchedAnew.clear();
    totals.flush(statements);
  }

  public boolean forgetSearchQueue(long upTo) throws SQLException {
    return statements.execute("DELETE FROM search_queue WHERE pk <= ?", upTo) > 0;
  }

  /** What has been flushed, to be told once it is committed. */
  List<TraceChange> changes() {
    return changes;
  }

  private TraceRow trace(long project, PreparedSpan span) throws SQLException {
    Observation first = span.observation();
    return traces.get(project, first.traceId(), first.timing().startTime(), first.environment());
  }

  private void writeObservation(TraceRow trace, PreparedSpan span) throws SQLException {
    long pk = keys.nextObservation();
    int inserted =
        statements.execute(
            ObservationRows.INSERT,
            ObservationRows.insertion(pk, trace.project, trace.pk, span, now));
    if (inserted == 1) {
      putContent(trace.project, pk, span);
      trace.add(span);
      totals.add(trace.project, 0, 1);
    } else {
      mergeObservation(trace, span);
    }
  }

  private void mergeObservation(TraceRow trace, PreparedSpan span) throws SQLException {
    PreparedStatement statement =
        statements.prepare(
            ObservationRows.WITH_CONTENT
                + ObservationRows.FROM_WITH_CONTENT
                + " WHERE o.id = ? AND o.trace = ?");
    Rows.bind(statement, span.observation().id(), trace.pk);
    long pk;
    Observation stored;
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      pk = row.getLong("pk");
      stored =
          Inferred.without(row.getLong("inferred"), ObservationRows.read(row, true).observation());
    }
    Observation merged = ObservationMerge.merge(stored, span.observation());
    if (merged.equals(stored)) {
      return;
    }
    PreparedSpan prepared =
        PreparedSpan.of(
            merged, span.trace(), pricer.price(keys.projectId(trace.project), merged, budget));
    statements.execute(ObservationRows.UPDATE, ObservationRows.change(pk, prepared, now));
    putContent(trace.project, pk, prepared);
    trace.requireRecount();
    searchedAnew.add(trace.pk);
  }

  private void putContent(long project, long pk, PreparedSpan span) throws SQLException {
    statements.execute(PUT_OBSERVATION_CONTENT, pk, span.input(), span.output(), span.details());
    ExperimentRows.put(statements, project, pk, span.observation());
  }
}
