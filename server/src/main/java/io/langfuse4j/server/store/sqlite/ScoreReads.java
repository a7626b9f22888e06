package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.ScoreQuery;
import io.langfuse4j.server.store.StoredScore;
import io.langfuse4j.server.store.sqlite.query.Sql;
import io.langfuse4j.server.store.sqlite.query.SqliteDialect;
import io.langfuse4j.server.store.sqlite.query.Where;
import io.langfuse4j.server.store.sqlite.writing.ScoreRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Queries over scores. */
final class ScoreReads {
  private static final String SELECT =
      "SELECT s.*, t.user_id AS trace_user_id, t.session_id AS trace_session_id,"
          + " t.environment AS trace_environment, t.tags AS trace_tags FROM score s"
          + " LEFT JOIN trace t ON t.id = s.trace_id AND t.project = s.project";

  List<StoredScore> page(Connection connection, ScoreQuery query) throws SQLException {
    Where where = where(query);
    ScoreQuery.Position after = query.after();
    if (after != null) {
      where.and("(s.timestamp, s.id) < (?, ?)", after.timestamp(), after.id());
    }
    return Sql.list(
        connection,
        SELECT,
        where,
        "ORDER BY s.timestamp DESC, s.id DESC LIMIT ? OFFSET ?",
        ScoreRows::read,
        query.limit(),
        query.offset());
  }

  long count(Connection connection, ScoreQuery query) throws SQLException {
    return Sql.count(connection, "SELECT count(*) FROM score s", where(query));
  }

  Map<String, List<String>> ids(Connection connection, String project, List<String> traceIds)
      throws SQLException {
    return Sql.idsOfTraces(
        connection,
        "SELECT id FROM score WHERE trace_id = ?"
            + " AND project = (SELECT pk FROM project WHERE id = ?) ORDER BY timestamp, id",
        project,
        traceIds);
  }

  private static Where where(ScoreQuery query) {
    return Where.scores(query.project()).and(SqliteDialect.TERMS.scores(), query.filters());
  }
}
