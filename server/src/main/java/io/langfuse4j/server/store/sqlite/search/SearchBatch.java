package io.langfuse4j.server.store.sqlite.search;

import io.langfuse4j.server.store.common.SearchWords;
import io.langfuse4j.server.store.sql.Blobs;
import io.langfuse4j.server.store.sql.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Words to take into the search index, by trace: of traces that have changed, or else of what was
 * stored last.
 *
 * @param to how far the index is with it
 * @param changed traces whose documents are replaced
 */
record SearchBatch(SearchProgress to, List<Long> changed, Map<Long, SearchWords> words) {

  /** What comes next. */
  static SearchBatch read(Connection main, SearchProgress from, int limit) throws SQLException {
    Map<Long, SearchWords> words = new LinkedHashMap<>();
    List<Long> changed = new ArrayList<>();
    long queued = readChanged(main, from.queued(), limit, changed, words);
    long observation =
        changed.isEmpty() ? readNew(main, from.observation(), limit, words) : from.observation();
    for (Map.Entry<Long, SearchWords> entry : words.entrySet()) {
      readTrace(main, entry.getKey(), entry.getValue());
    }
    return new SearchBatch(new SearchProgress(observation, queued), changed, words);
  }

  /** Traces that are taken in as a whole again, because something of them has changed. */
  private static long readChanged(
      Connection main, long after, int limit, List<Long> changed, Map<Long, SearchWords> words)
      throws SQLException {
    long last = after;
    try (PreparedStatement statement =
        main.prepareStatement(
            "SELECT pk, trace FROM search_queue WHERE pk > ? ORDER BY pk LIMIT ?")) {
      Rows.bind(statement, after, limit / 10);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          last = row.getLong(1);
          if (words.putIfAbsent(row.getLong(2), new SearchWords()) == null) {
            changed.add(row.getLong(2));
          }
        }
      }
    }
    for (long trace : changed) {
      SearchWords of = words.getOrDefault(trace, new SearchWords());
      readObservations(main, "o.trace = ?", row -> of, trace);
    }
    return last;
  }

  private static long readNew(Connection main, long after, int limit, Map<Long, SearchWords> words)
      throws SQLException {
    long last =
        readObservations(
            main,
            "o.pk > ? ORDER BY o.pk LIMIT ?",
            row -> words.computeIfAbsent(row.getLong("trace"), key -> new SearchWords()),
            after,
            limit);
    // Past the last one there may have been more, which were deleted.
    return last == 0 ? SearchProgress.newest(main).observation() : last;
  }

  private interface Target {
    SearchWords of(ResultSet row) throws SQLException;
  }

  private static long readObservations(
      Connection main, String which, Target target, Object... values) throws SQLException {
    long last = 0;
    try (PreparedStatement statement =
        main.prepareStatement(
            "SELECT o.pk AS pk, o.trace AS trace, o.name AS name,"
                + " o.status_message AS status_message, c.input AS input, c.output AS output"
                + " FROM observation o LEFT JOIN observation_content c ON c.observation = o.pk"
                + " WHERE "
                + which)) {
      Rows.bind(statement, values);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          last = row.getLong("pk");
          SearchWords words = target.of(row);
          words.add(Rows.text(row, "name"));
          words.add(Rows.text(row, "status_message"));
          words.add(Blobs.decodeNullable(Rows.blob(row, "input")));
          words.add(Blobs.decodeNullable(Rows.blob(row, "output")));
        }
      }
    }
    return last;
  }

  private static void readTrace(Connection main, long trace, SearchWords words)
      throws SQLException {
    try (PreparedStatement statement =
        main.prepareStatement(
            "SELECT t.name, t.user_id, t.session_id, c.input, c.output FROM trace t"
                + " LEFT JOIN trace_content c ON c.trace = t.pk WHERE t.pk = ?")) {
      Rows.bind(statement, trace);
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          words.add(row.getString(1));
          words.add(row.getString(2));
          words.add(row.getString(3));
          words.add(Blobs.decodeNullable(row.getBytes(4)));
          words.add(Blobs.decodeNullable(row.getBytes(5)));
        }
      }
    }
  }
}
