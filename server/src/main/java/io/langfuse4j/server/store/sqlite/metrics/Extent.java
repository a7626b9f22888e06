package io.langfuse4j.server.store.sqlite.metrics;

import io.langfuse4j.server.store.MetricsQuery;
import io.langfuse4j.server.store.common.Column;
import io.langfuse4j.server.store.common.MetricsView;
import io.langfuse4j.server.store.sqlite.query.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query for metrics reads along the time.
 *
 * @param from the first row's time or the query's
 * @param to end of that range
 * @param rows about how many there are in it, if they lie evenly
 */
record Extent(long from, long to, long rows) {

  /** Null if the query is not read along the time, or there is nothing to read. */
  static @Nullable Extent of(Connection connection, MetricsQuery query, MetricsView view)
      throws SQLException {
    boolean alongTime =
        query.filters().stream()
            .allMatch(filter -> view.filters().get(filter.column()).kind() == Column.Kind.PLAIN);
    return alongTime
        ? switch (query.view()) {
          case OBSERVATIONS -> of(connection, query, "observation", "start_time");
          case TRACES -> of(connection, query, "trace", "timestamp");
          case SCORES_NUMERIC, SCORES_CATEGORICAL, SCORES_BOOLEAN -> null;
        }
        : null;
  }

  /** All observations of a project; null if there are none. */
  static @Nullable Extent ofObservations(Connection connection, String project)
      throws SQLException {
    return of(connection, project, "observation", "start_time", Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static @Nullable Extent of(
      Connection connection, MetricsQuery query, String table, String time) throws SQLException {
    long from = query.from().toEpochMilli();
    long to = query.to().toEpochMilli();
    return of(connection, query.project(), table, time, from, to);
  }

  private static @Nullable Extent of(
      Connection connection, String project, String table, String time, long atLeast, long below)
      throws SQLException {
    long rows = Sql.total(connection, table + "s", project);
    if (rows == 0) {
      return null;
    }
    long first = end(connection, project, table, "min(" + time + ")");
    long last = end(connection, project, table, "max(" + time + ")");
    long from = Math.max(atLeast, first);
    long to = Math.min(below, last + 1);
    if (from >= to) {
      return null;
    }
    double share = (double) (to - from) / (last + 1 - first);
    return new Extent(from, to, (long) (rows * share));
  }

  private static long end(Connection connection, String project, String table, String which)
      throws SQLException {
    List<Long> found =
        Sql.rows(
            connection,
            "SELECT "
                + which
                + " FROM "
                + table
                + " WHERE project = (SELECT pk FROM project WHERE id = ?)",
            row -> row.getLong(1),
            project);
    return found.get(0);
  }
}
