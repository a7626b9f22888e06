package io.langfuse4j.server.store.clickhouse;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.store.InsightStore.Grouping;
import io.langfuse4j.server.store.Performance;
import io.langfuse4j.server.store.PerformanceReport;
import io.langfuse4j.server.store.TraceGroup;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceVolume;
import io.langfuse4j.server.store.common.SqlDialect;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Figures over many traces. */
final class InsightReads {
  private static final String FIGURES =
      ", count() AS number, countIf(x.failed) AS errors, sum(x.input_tokens) AS input_tokens,"
          + " sum(x.output_tokens) AS output_tokens, sum(x.total_tokens) AS total_tokens,"
          + " sum(x.total_cost) AS total_cost, count(x.took) AS ended,"
          + " arraySort(groupArray(x.took)) AS sorted,"
          + " if(ended = 0, NULL, sorted[toUInt32(ceil(0.5 * ended))]) AS median,"
          + " if(ended = 0, NULL, sorted[toUInt32(ceil(0.95 * ended))]) AS p95";

  private static final String OF_TRACES =
      "t.name AS name, t.errors > 0 AS failed, t.input_tokens AS input_tokens,"
          + " t.output_tokens AS output_tokens, t.total_tokens AS total_tokens,"
          + " t.total_cost AS total_cost, if(t.unfinished = 0, "
          + ClickHouseDialect.SQL.traceMillis()
          + ", NULL) AS took";

  private static final String OF_CALLS =
      "o.model AS model, o.level = 'ERROR' AS failed, o.input_tokens AS input_tokens,"
          + " o.output_tokens AS output_tokens, o.total_tokens AS total_tokens,"
          + " o.total_cost AS total_cost, "
          + SqlDialect.MILLIS
          + " AS took";

  private final ClickHouse clickHouse;

  InsightReads(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  List<TraceVolume> volume(TraceQuery query, Duration step) {
    String select =
        "SELECT " + start(step) + " AS start, count() AS number, countIf(t.errors > 0) AS failed";
    return clickHouse.query(
        select + TraceReads.matching(query).from(select) + " GROUP BY start ORDER BY start",
        row ->
            new TraceVolume(
                row.requiredInstant("start"), row.number("number"), row.number("failed")));
  }

  List<TraceGroup> groups(TraceQuery query, Grouping by) {
    String select =
        "SELECT "
            + column(by)
            + " AS group, count() AS number, countIf(t.errors > 0) AS failed,"
            + " min(t.timestamp) AS first, max(t.timestamp) AS last,"
            + " sum(t.total_tokens) AS tokens, sum(t.total_cost) AS cost,"
            + " argMax(tuple(t.name, t.user_id, t.input_preview, t.output_preview),"
            + " (t.timestamp, t.id)) AS latest";
    return clickHouse.query(
        select
            + grouped(query, by).from(select)
            + " GROUP BY group ORDER BY last DESC, group"
            + Paging.limit(query.limit(), query.offset()),
        InsightReads::group);
  }

  long countGroups(TraceQuery query, Grouping by) {
    String select = "SELECT uniqExact(" + column(by) + ") AS n";
    return clickHouse.number(select + grouped(query, by).from(select));
  }

  private static Traces grouped(TraceQuery query, Grouping by) {
    return TraceReads.matching(query).and(column(by) + " IS NOT NULL");
  }

  private static String column(Grouping by) {
    return switch (by) {
      case USER -> "t.user_id";
      case SESSION -> "t.session_id";
    };
  }

  private static TraceGroup group(Row row) {
    JsonNode latest = row.node("latest");
    return new TraceGroup(
        row.required("group"),
        row.number("number"),
        row.number("failed"),
        row.requiredInstant("first"),
        row.requiredInstant("last"),
        row.integer("tokens"),
        row.real("cost"),
        new TraceGroup.Latest(text(latest, 0), text(latest, 1), text(latest, 2), text(latest, 3)));
  }

  /** Tuples come as lists or as objects, depending on the version. */
  private static @Nullable String text(JsonNode tuple, int index) {
    JsonNode value = tuple.isObject() ? tuple.path(Integer.toString(index + 1)) : tuple.path(index);
    return value.isTextual() ? value.asText() : null;
  }

  PerformanceReport performance(TraceQuery query, Duration step, int limit) {
    String rows = OF_TRACES + ", " + start(step) + " AS start";
    String traces = " FROM (SELECT " + rows + TraceReads.matching(query).from(rows) + ") AS x";
    String calls =
        " FROM (SELECT "
            + OF_CALLS
            + " FROM observations AS o FINAL"
            + Where.observations(query.project())
                .and("o.model IS NOT NULL")
                .and("o.trace_id IN " + TraceReads.matching(query).ids())
            + ") AS x";
    String frequent = " GROUP BY group ORDER BY number DESC, group" + Paging.limit(limit, 0);
    return new PerformanceReport(
        figures("''", traces, "").get(0),
        figures("x.start", traces, " GROUP BY group ORDER BY group"),
        figures("x.name", traces, " WHERE x.name IS NOT NULL" + frequent),
        figures("x.model", calls, frequent));
  }

  private List<Performance> figures(String group, String from, String end) {
    return clickHouse.query(
        "SELECT " + group + " AS group" + FIGURES + from + end, InsightReads::performance);
  }

  private static Performance performance(Row row) {
    return new Performance(
        row.required("group"),
        row.number("number"),
        row.number("errors"),
        row.integer("input_tokens"),
        row.integer("output_tokens"),
        row.integer("total_tokens"),
        row.real("total_cost"),
        row.real("median"),
        row.real("p95"));
  }

  private static String start(Duration step) {
    long millis = Math.max(1, step.toMillis());
    return "intDiv(t.timestamp, " + millis + ") * " + millis;
  }
}
