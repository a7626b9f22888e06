package io.langfuse4j.server.store.clickhouse;

import io.langfuse4j.server.store.FacetValue;
import io.langfuse4j.server.store.Order;
import io.langfuse4j.server.store.SessionQuery;
import io.langfuse4j.server.store.SessionSummary;
import io.langfuse4j.server.store.StoredTrace;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.TraceSummary;
import io.langfuse4j.server.store.common.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Queries over traces and what is grouped from them. */
final class TraceReads {
  private static final String SUMMARY =
      "t.id, t.name, t.timestamp, t.user_id, t.session_id, t.environment, t.release, t.version,"
          + " t.public, t.bookmarked, t.tags, t.models, t.types, t.observations, t.errors,"
          + " t.warnings, t.defaults, t.debugs, t.roots, t.unfinished, t.first_start,"
          + " t.last_start, t.last_end, t.input_tokens, t.output_tokens, t.total_tokens,"
          + " t.input_cost, t.output_cost, t.total_cost, t.input_preview, t.output_preview,"
          + " t.created_at, t.updated_at";
  private static final String CONTENT = ", t.input, t.output, t.metadata_parts";

  /** Facets with one value, by their expression over {@code t}. */
  private static final List<String> PLAIN_FACETS =
      List.of("name", "environment", "userId", "sessionId", "level");

  private static final Map<String, String> LIST_FACETS = listFacets();

  private static final int ROWS_PER_TRACE = 40;

  private final ClickHouse clickHouse;

  TraceReads(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  private static Map<String, String> listFacets() {
    Map<String, String> facets = new LinkedHashMap<>();
    facets.put("model", "t.models");
    facets.put("tag", "t.tags");
    facets.put("type", "t.types");
    return facets;
  }

  static Traces matching(TraceQuery query) {
    return new Traces(query.project()).filters(query.filters()).search(query.search());
  }

  /** The page is found by its ids first; only its traces are then read in full. */
  List<StoredTrace> page(TraceQuery query) {
    List<String> ids = pageIds(query);
    if (ids.isEmpty()) {
      return List.of();
    }
    String columns = query.withContent() ? SUMMARY + CONTENT : SUMMARY;
    Map<String, StoredTrace> found = new LinkedHashMap<>();
    clickHouse
        .query(
            "SELECT " + columns + new Traces(query.project()).ids(ids).from(columns),
            row -> read(row, query.withContent()))
        .forEach(trace -> found.put(trace.summary().id(), trace));
    return ids.stream().filter(found::containsKey).map(found::get).toList();
  }

  private List<String> pageIds(TraceQuery query) {
    if (query.order().equals(Order.NEWEST_TRACE) && query.after() == null) {
      Instant since = beginningOfNewest(query);
      if (since != null) {
        List<String> newest = pageIds(query, matching(query).heardOfSince(since), since);
        if (newest.size() == query.limit()) {
          return newest;
        }
      }
    }
    return pageIds(query, matching(query), Instant.MIN);
  }

  /**
   * A time after which there are probably enough traces for the page; null if there are few rows
   * altogether.
   */
  private @Nullable Instant beginningOfNewest(TraceQuery query) {
    long rows = (query.offset() + query.limit()) * ROWS_PER_TRACE;
    return clickHouse
        .query(
            "SELECT o.start_time AS start FROM observations AS o WHERE o.project = "
                + Literal.of(query.project())
                + " ORDER BY o.project DESC, o.start_time DESC"
                + Paging.limit(1, rows),
            row -> row.requiredInstant("start"))
        .stream()
        .findFirst()
        .orElse(null);
  }

  private List<String> pageIds(TraceQuery query, Traces traces, Instant since) {
    String sorted = ClickHouseDialect.TERMS.traces().sortable(query.order().column());
    String order =
        Paging.orderBy(query.order().descending(), sorted, "t.id")
            + Paging.limit(query.limit(), query.offset());
    TraceQuery.Position after = query.after();
    if (after != null) {
      traces.and(
          "(t.timestamp, t.id) < ("
              + Literal.of(after.timestamp())
              + ", "
              + Literal.of(after.id())
              + ")");
    }
    if (!since.equals(Instant.MIN)) {
      traces.and("t.timestamp >= " + Literal.of(since));
    }
    return clickHouse.query("SELECT t.id" + traces.from(order) + order, row -> row.required("id"));
  }

  long count(TraceQuery query, long atMost) {
    if (query.filters().isEmpty() && (query.search() == null || query.search().isBlank())) {
      return clickHouse.number(
          "SELECT uniqExact(o.trace_id) AS n FROM observations AS o WHERE o.project = "
              + Literal.of(query.project()));
    }
    String limit = atMost == Long.MAX_VALUE ? "" : Paging.limit(atMost, 0);
    return clickHouse.number(
        "SELECT count() AS n FROM (SELECT t.id" + matching(query).from("") + limit + ")");
  }

  /** None or one. */
  List<StoredTrace> one(String project, String id) {
    String columns = SUMMARY + CONTENT;
    return clickHouse.query(
        "SELECT " + columns + new Traces(project).ids(List.of(id)).from(columns),
        row -> read(row, true));
  }

  /** The traces in question are found once; each gives one row per value. */
  Map<String, List<FacetValue>> facets(TraceQuery query, int limit) {
    List<String> values = new ArrayList<>();
    for (String facet : PLAIN_FACETS) {
      values.add(
          "('"
              + facet
              + "', toNullable("
              + ClickHouseDialect.TERMS.traces().sortable(facet)
              + "))");
    }
    String all = "arrayConcat([" + String.join(", ", values) + "]";
    for (Map.Entry<String, String> facet : LIST_FACETS.entrySet()) {
      all += ", arrayMap(x -> ('" + facet.getKey() + "', toNullable(x)), " + facet.getValue() + ")";
    }
    String order = Paging.orderBy(true, "t.timestamp", "t.id");
    Map<String, List<FacetValue>> facets = new LinkedHashMap<>();
    PLAIN_FACETS.forEach(facet -> facets.put(facet, new ArrayList<>()));
    LIST_FACETS.keySet().forEach(facet -> facets.put(facet, new ArrayList<>()));
    clickHouse.query(
        "SELECT f.1 AS facet, f.2 AS value, count() AS n FROM (SELECT arrayJoin("
            + all
            + ")) AS f FROM (SELECT *"
            + matching(query).from(all + order)
            + order
            + Paging.limit(TraceStore.FACET_TRACES, 0)
            + ") AS t) WHERE f.2 IS NOT NULL GROUP BY facet, value ORDER BY n DESC, value LIMIT "
            + limit
            + " BY facet",
        row ->
            facets
                .getOrDefault(row.required("facet"), new ArrayList<>())
                .add(new FacetValue(row.required("value"), row.number("n"))));
    facets.put("score", scoreNames(query, limit));
    return facets;
  }

  private List<FacetValue> scoreNames(TraceQuery query, int limit) {
    String order = Paging.orderBy(true, "t.timestamp", "t.id");
    return clickHouse.query(
        "SELECT s.name AS value, uniqExact(s.trace_id) AS n FROM scores AS s FINAL"
            + Where.scores(query.project())
                .and(
                    "s.trace_id IN (SELECT t.id"
                        + matching(query).from(order)
                        + order
                        + Paging.limit(TraceStore.FACET_TRACES, 0)
                        + ")")
            + " GROUP BY value ORDER BY n DESC, value"
            + Paging.limit(limit, 0),
        row -> new FacetValue(row.required("value"), row.number("n")));
  }

  List<SessionSummary> sessions(SessionQuery query) {
    String select =
        "SELECT t.session_id AS id, min(t.timestamp) AS created_at,"
            + " argMax(t.environment, (t.timestamp, t.id)) AS environment";
    String end =
        " GROUP BY t.session_id ORDER BY min(t.timestamp) DESC, t.session_id DESC"
            + Paging.limit(query.limit(), query.offset());
    return clickHouse.query(
        select + matching(query).from(select + end) + end,
        row ->
            new SessionSummary(
                row.required("id"),
                row.requiredInstant("created_at"),
                row.required("environment")));
  }

  long countSessions(SessionQuery query) {
    String select = "SELECT uniqExact(t.session_id) AS n";
    return clickHouse.number(select + matching(query).from(select));
  }

  private static Traces matching(SessionQuery query) {
    return new Traces(query.project())
        .rows(
            "o.trace_id IN (SELECT r.trace_id FROM observations AS r WHERE r.project = "
                + Literal.of(query.project())
                + " AND r.u_session_id IS NOT NULL)")
        .filters(query.filters())
        .and("t.session_id IS NOT NULL");
  }

  private static StoredTrace read(Row row, boolean withContent) {
    String metadata = "{}";
    for (String part : row.strings("metadata_parts")) {
      metadata = JsonText.merge(metadata, part);
    }
    return new StoredTrace(
        summary(row),
        withContent ? row.text("input") : null,
        withContent ? row.text("output") : null,
        metadata);
  }

  private static TraceSummary summary(Row row) {
    return new TraceSummary(
        row.required("id"),
        row.text("name"),
        row.requiredInstant("timestamp"),
        row.text("user_id"),
        row.text("session_id"),
        row.required("environment"),
        row.text("release"),
        row.text("version"),
        row.flag("public"),
        row.flag("bookmarked"),
        row.strings("tags"),
        row.strings("models"),
        row.strings("types"),
        new TraceSummary.Totals(
            row.number("observations"),
            row.number("errors"),
            row.number("warnings"),
            row.number("defaults"),
            row.number("debugs"),
            row.instant("first_start"),
            row.instant("last_start"),
            row.instant("last_end"),
            row.integer("input_tokens"),
            row.integer("output_tokens"),
            row.integer("total_tokens"),
            row.real("input_cost"),
            row.real("output_cost"),
            row.real("total_cost")),
        row.text("input_preview"),
        row.text("output_preview"),
        row.number("roots") > 0 && row.number("unfinished") == 0,
        row.requiredInstant("created_at"),
        row.requiredInstant("updated_at"));
  }
}
