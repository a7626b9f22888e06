package io.langfuse4j.server.store.clickhouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.langfuse4j.server.store.MetricsQuery;
import io.langfuse4j.server.store.MetricsQuery.View;
import io.langfuse4j.server.store.MetricsStore;
import io.langfuse4j.server.store.common.MetricsColumns;
import io.langfuse4j.server.store.common.MetricsView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures by one statement over the rows of a view. Thread-safe. */
final class ClickHouseMetricsStore implements MetricsStore {
  private final ClickHouse clickHouse;

  ClickHouseMetricsStore(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public List<Map<String, @Nullable Object>> metrics(MetricsQuery query) {
    MetricsView view = ClickHouseDialect.TERMS.metrics(query.view());
    MetricsColumns columns = new MetricsColumns(query, view, ClickHouseDialect.SQL);
    String select = columns.select();
    return clickHouse.query(
        select
            + from(view, query, select)
            + columns.groupedAndOrdered()
            + Paging.limit(query.limit(), 0),
        row -> row(row, columns));
  }

  private static String from(MetricsView view, MetricsQuery query, String select) {
    MetricsJoins joins = new MetricsJoins(query.project(), view.alias());
    String inTime =
        "%1$s >= %2$s AND %1$s < %3$s"
            .formatted(view.time(), Literal.of(query.from()), Literal.of(query.to()));
    if (query.view() == View.TRACES) {
      Traces traces =
          new Traces(query.project())
              .filters(view.filters(), query.filters())
              .heardOfSince(query.from())
              .and(inTime);
      String matching = traces.conditions();
      String mentioned = select + matching;
      return " FROM " + traces.table(mentioned) + " AS t" + joins.of(mentioned) + matching;
    }
    boolean scores = query.view() != View.OBSERVATIONS;
    Where where =
        (scores ? Where.scores(query.project()) : Where.observations(query.project())).and(inTime);
    List<String> types = query.view().dataTypes();
    if (!types.isEmpty()) {
      where.and("s.data_type IN " + Literal.list(types));
    }
    where.and(view.filters(), query.filters());
    return (scores ? " FROM scores AS s FINAL" : " FROM observations AS o FINAL")
        + joins.of(select + " " + where.mentioned())
        + where;
  }

  private static Map<String, @Nullable Object> row(Row row, MetricsColumns columns) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    int i = 0;
    for (String name : columns.names()) {
      JsonNode value = row.node("c" + i++);
      values.put(name, columns.isHistogram(name) ? bins(value) : value(value));
    }
    return values;
  }

  private static @Nullable String bins(JsonNode histogram) {
    if (histogram.isEmpty()) {
      return null;
    }
    ArrayNode bins = JsonNodeFactory.instance.arrayNode();
    for (JsonNode bin : histogram) {
      bins.addArray()
          .add(bin.path(0).asDouble())
          .add(bin.path(1).asDouble())
          .add(bin.path(2).asLong());
    }
    return bins.toString();
  }

  private static @Nullable Object value(JsonNode value) {
    if (value.isArray()) {
      List<String> list = new ArrayList<>();
      value.forEach(entry -> list.add(entry.asText()));
      return list;
    }
    if (value.isIntegralNumber()) {
      return value.asLong();
    }
    if (value.isNumber()) {
      return value.asDouble();
    }
    return value.isTextual() ? value.asText() : null;
  }
}
