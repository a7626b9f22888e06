package io.langfuse4j.server.store.clickhouse;

import io.langfuse4j.server.store.ObservationQuery;
import io.langfuse4j.server.store.StoredObservation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Queries over observations. */
final class ObservationReads {
  private static final String FROM = " FROM observations AS o FINAL";

  private final ClickHouse clickHouse;

  ObservationReads(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  List<StoredObservation> page(ObservationQuery query) {
    Where where = where(query);
    ObservationQuery.Position after = query.after();
    if (after != null) {
      where
          .and("o.start_time <= " + Literal.of(after.startTime()))
          .and(
              "(o.start_time, o.trace_id, o.id) < ("
                  + Literal.of(after.startTime())
                  + ", "
                  + Literal.of(after.traceId())
                  + ", "
                  + Literal.of(after.id())
                  + ")");
    }
    String order =
        Paging.orderBy(
            query.order().descending(),
            ClickHouseDialect.TERMS.observations().sortable(query.order().column()),
            "o.trace_id",
            "o.id");
    String page = where + order + Paging.limit(query.limit(), query.offset());
    if (!query.withContent()) {
      return clickHouse.query(
          "SELECT " + ObservationRows.NARROW + FROM + page,
          row -> ObservationRows.read(row, false));
    }
    // The page is found over narrow columns; only its rows are then read in full.
    return clickHouse.query(
        "SELECT "
            + ObservationRows.WITH_CONTENT
            + FROM
            + Where.observations(query.project())
                .and(
                    "(o.day, o.trace_id, o.id) IN (SELECT o.day, o.trace_id, o.id"
                        + FROM
                        + page
                        + ")")
            + order,
        row -> ObservationRows.read(row, true));
  }

  long count(ObservationQuery query) {
    return clickHouse.number("SELECT count() AS n" + FROM + where(query));
  }

  /** None or one. */
  List<StoredObservation> one(String project, @Nullable String traceId, String id) {
    Where where = Where.observations(project).and("o.id = " + Literal.of(id));
    if (traceId != null) {
      where.and("o.trace_id = " + Literal.of(traceId));
    }
    return clickHouse.query(
        "SELECT "
            + ObservationRows.WITH_CONTENT
            + FROM
            + where
            + " ORDER BY o.created_at DESC, o.revision DESC LIMIT 1",
        row -> ObservationRows.read(row, true));
  }

  Map<String, List<String>> ids(String project, List<String> traceIds) {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    traceIds.forEach(traceId -> ids.put(traceId, new ArrayList<>()));
    clickHouse.query(
        "SELECT o.trace_id, o.id"
            + FROM
            + Where.observations(project).and("o.trace_id IN " + Literal.list(traceIds))
            + " ORDER BY o.start_time, o.created_at, o.revision",
        row ->
            ids.computeIfAbsent(row.required("trace_id"), key -> new ArrayList<>())
                .add(row.required("id")));
    return ids;
  }

  private static Where where(ObservationQuery query) {
    return Where.observations(query.project())
        .and(ClickHouseDialect.TERMS.observations(), query.filters());
  }
}
