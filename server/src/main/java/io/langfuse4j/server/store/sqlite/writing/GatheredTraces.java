package io.langfuse4j.server.store.sqlite.writing;

import io.langfuse4j.server.store.TraceChange;
import io.langfuse4j.server.store.sql.Blobs;
import io.langfuse4j.server.store.sql.Rows;
import io.langfuse4j.server.store.sqlite.database.Statements;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The traces that a group of writes changes: each is loaded once, changed in memory, and written
 * once at {@link #flush}. Confined to the writing thread.
 */
final class GatheredTraces {
  private static final String PUT_CONTENT =
      "INSERT INTO trace_content (trace, input, output, metadata) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT (trace) DO UPDATE SET input = excluded.input,"
          + " output = excluded.output, metadata = excluded.metadata";
  private static final String PUT_TERM =
      "INSERT INTO trace_term (project, kind, value, trace) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT DO NOTHING";
  private static final String DELETE_COUNTED_TERMS =
      "DELETE FROM trace_term WHERE trace = ? AND kind IN ('model', 'type')";

  private final Statements statements;
  private final Keys keys;
  private final ProjectTotals totals;
  private final Instant now;
  private final Map<Key, TraceRow> traces = new LinkedHashMap<>();

  GatheredTraces(Statements statements, Keys keys, ProjectTotals totals, Instant now) {
    this.statements = statements;
    this.keys = keys;
    this.totals = totals;
    this.now = now;
  }

  /** The trace's row; a new one, with the time and environment of what was heard of it first. */
  TraceRow get(long project, String id, Instant timestamp, String environment) throws SQLException {
    Key key = new Key(project, id);
    TraceRow known = traces.get(key);
    if (known != null) {
      return known;
    }
    TraceRow trace = stored(project, id);
    if (trace == null) {
      trace = new TraceRow(keys.nextTrace(), project, id, timestamp, environment);
      totals.add(project, 1, 0);
      statements.execute(TraceRow.INSERT, trace.pk, project, id, timestamp, environment, now, now);
      trace.content(TraceContent.EMPTY);
    }
    traces.put(key, trace);
    return trace;
  }

  /** The row as it was last written; null if there is none. */
  @Nullable TraceRow stored(long project, String id) throws SQLException {
    PreparedStatement statement =
        statements.prepare("SELECT * FROM trace WHERE id = ? AND project = ?");
    Rows.bind(statement, id, project);
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? TraceRow.read(row) : null;
    }
  }

  TraceContent content(TraceRow trace) throws SQLException {
    TraceContent known = trace.content();
    if (known != null) {
      return known;
    }
    PreparedStatement statement =
        statements.prepare("SELECT input, output, metadata FROM trace_content WHERE trace = ?");
    Rows.bind(statement, trace.pk);
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? TraceContent.read(row) : TraceContent.EMPTY;
    }
  }

  /** Writes the gathered traces, and begins anew. */
  List<TraceChange> flush() throws SQLException {
    List<TraceChange> changes = new ArrayList<>();
    for (TraceRow trace : traces.values()) {
      write(trace);
      changes.add(new TraceChange(keys.projectId(trace.project), trace.id, trace.timestamp()));
    }
    traces.clear();
    return changes;
  }

  private void write(TraceRow trace) throws SQLException {
    if (trace.recountNeeded()) {
      recount(trace);
      statements.execute(DELETE_COUNTED_TERMS, trace.pk);
    }
    writeTerms(trace, "tag", trace.tags());
    writeTerms(trace, "model", trace.models());
    writeTerms(trace, "type", trace.types());
    statements.execute(TraceRow.UPDATE, trace.values(now));
    TraceContent content = trace.content();
    if (content != null) {
      statements.execute(
          PUT_CONTENT,
          trace.pk,
          Blobs.encodeNullable(content.input()),
          Blobs.encodeNullable(content.output()),
          Blobs.encodeNullable(content.metadata()));
    }
  }

  private void recount(TraceRow trace) throws SQLException {
    PreparedStatement statement = statements.prepare(TraceSums.RECOUNT);
    Rows.bind(statement, trace.pk);
    TraceSums sums;
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      sums = TraceSums.read(row);
    }
    trace.recounted(sums, distinct("type", trace), distinct("model", trace));
  }

  private List<String> distinct(String column, TraceRow trace) throws SQLException {
    PreparedStatement statement =
        statements.prepare(
            "SELECT %1$s FROM observation WHERE trace = ? AND %1$s IS NOT NULL GROUP BY %1$s ORDER BY min(start_time)"
                .formatted(column));
    Rows.bind(statement, trace.pk);
    List<String> values = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        values.add(Rows.required(row, column));
      }
    }
    return values;
  }

  private void writeTerms(TraceRow trace, String kind, Iterable<String> values)
      throws SQLException {
    for (String value : values) {
      statements.execute(PUT_TERM, trace.project, kind, value, trace.pk);
    }
  }

  private record Key(long project, String id) {}
}
