package io.langfuse4j.server.store.sqlite.search;

import io.langfuse4j.server.store.sqlite.query.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How far the search index has come.
 *
 * @param observation key of the last observation
 * @param queued key of the last entry in the queue of changed traces
 */
record SearchProgress(long observation, long queued) {
  boolean reaches(SearchProgress other) {
    return observation >= other.observation && queued >= other.queued;
  }

  /** How far it could be, by what the database holds. */
  static SearchProgress newest(Connection main) throws SQLException {
    try (Statement statement = main.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT "
                    + Sql.highestKey("observation")
                    + ", (SELECT coalesce(max(seq), 0) FROM sqlite_sequence"
                    + " WHERE name = 'search_queue')")) {
      return new SearchProgress(row.getLong(1), row.getLong(2));
    }
  }
}
