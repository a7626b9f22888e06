package io.langfuse4j.server.store.clickhouse;

import io.langfuse4j.server.store.ScoreQuery;
import io.langfuse4j.server.store.StoredScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Queries over scores. */
final class ScoreReads {
  private static final String FROM = " FROM scores AS s FINAL";
  private static final String OF_TRACE =
      ", t.user_id AS trace_user_id, t.session_id AS trace_session_id,"
          + " t.environment AS trace_environment, t.tags AS trace_tags";

  private final ClickHouse clickHouse;

  ScoreReads(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  List<StoredScore> page(ScoreQuery query) {
    Where where = where(query);
    ScoreQuery.Position after = query.after();
    if (after != null) {
      where.and(
          "(s.timestamp, s.id) < ("
              + Literal.of(after.timestamp())
              + ", "
              + Literal.of(after.id())
              + ")");
    }
    String page =
        "SELECT "
            + ScoreRows.COLUMNS
            + FROM
            + where
            + " ORDER BY s.timestamp DESC, s.id DESC"
            + Paging.limit(query.limit(), query.offset());
    String traces =
        new Traces(query.project())
            .rows("o.trace_id IN (SELECT p.trace_id FROM (" + page + ") AS p)")
            .table(OF_TRACE);
    return clickHouse.query(
        "SELECT s.*"
            + OF_TRACE
            + " FROM ("
            + page
            + ") AS s LEFT JOIN "
            + traces
            + " AS t ON t.id = s.trace_id ORDER BY s.timestamp DESC, s.id DESC",
        ScoreRows::read);
  }

  long count(ScoreQuery query) {
    return clickHouse.number("SELECT count() AS n" + FROM + where(query));
  }

  Map<String, List<String>> ids(String project, List<String> traceIds) {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    traceIds.forEach(traceId -> ids.put(traceId, new ArrayList<>()));
    clickHouse.query(
        "SELECT s.trace_id, s.id"
            + FROM
            + Where.scores(project).and("s.trace_id IN " + Literal.list(traceIds))
            + " ORDER BY s.timestamp, s.id",
        row ->
            ids.computeIfAbsent(row.required("trace_id"), key -> new ArrayList<>())
                .add(row.required("id")));
    return ids;
  }

  private static Where where(ScoreQuery query) {
    return Where.scores(query.project()).and(ClickHouseDialect.TERMS.scores(), query.filters());
  }
}
