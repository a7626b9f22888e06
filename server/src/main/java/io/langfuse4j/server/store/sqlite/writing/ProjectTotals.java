package io.langfuse4j.server.store.sqlite.writing;

import io.langfuse4j.server.store.sqlite.database.Statements;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a group of writes adds to the totals of projects. Confined to the writing thread. */
final class ProjectTotals {
  private static final String ADD =
      "UPDATE project SET traces = traces + ?, observations = observations + ? WHERE pk = ?";

  private final Map<Long, Added> added = new LinkedHashMap<>();

  void add(long project, long traces, long observations) {
    Added to = added.computeIfAbsent(project, key -> new Added());
    to.traces += traces;
    to.observations += observations;
  }

  /** Writes what was added, and begins anew. */
  void flush(Statements statements) throws SQLException {
    for (Map.Entry<Long, Added> entry : added.entrySet()) {
      statements.execute(
          ADD, entry.getValue().traces, entry.getValue().observations, entry.getKey());
    }
    added.clear();
  }

  private static final class Added {
    private long traces;
    private long observations;
  }
}
