package io.langfuse4j.server.store.clickhouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.langfuse4j.server.store.MetricsQuery;
import io.langfuse4j.server.store.MetricsQuery.Aggregation;
import io.langfuse4j.server.store.MetricsQuery.Granularity;
import io.langfuse4j.server.store.MetricsQuery.Measure;
import io.langfuse4j.server.store.MetricsQuery.View;
import io.langfuse4j.server.store.MetricsStore;
import io.langfuse4j.server.store.Order;
import io.langfuse4j.server.store.UnsupportedColumnException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Figures by one statement over the rows of a view. Thread-safe. */
final class ClickHouseMetricsStore implements MetricsStore {
  private static final Set<String> UNIQUE = Set.of("uniqueUserIds", "uniqueSessionIds");

  private final ClickHouse clickHouse;

  ClickHouseMetricsStore(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public List<Map<String, @Nullable Object>> metrics(MetricsQuery query) {
    MetricsView view = MetricsView.of(query.view());
    List<String> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String dimension : query.dimensions()) {
      columns.add(view.dimension(dimension));
      names.add(dimension);
    }
    Granularity granularity = query.granularity();
    if (granularity != null) {
      columns.add(interval(granularity, view.time()));
      names.add(MetricsQuery.TIME);
    }
    int groups = columns.size();
    Set<String> histograms = new HashSet<>();
    for (Measure measure : query.measures()) {
      columns.add(aggregate(view, measure, query.bins()));
      names.add(measure.column());
      if (measure.aggregation() == Aggregation.HISTOGRAM) {
        histograms.add(measure.column());
      }
    }
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      selected.add(columns.get(i) + " AS c" + i);
    }
    String select = "SELECT " + String.join(", ", selected);
    return clickHouse.query(
        select
            + from(view, query, select)
            + groupBy(groups)
            + orderBy(query, names)
            + Paging.limit(query.limit(), 0),
        row -> row(row, names, histograms));
  }

  private static String from(MetricsView view, MetricsQuery query, String select) {
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
      return " FROM "
          + traces.table(select + matching)
          + " AS t"
          + view.joins(query.project(), select + matching)
          + matching;
    }
    boolean scores = query.view() != View.OBSERVATIONS;
    Where where =
        (scores ? Where.scores(query.project()) : Where.observations(query.project())).and(inTime);
    String type = dataType(query.view());
    if (type != null) {
      where.and("s.data_type = " + Literal.of(type));
    }
    where.and(view.filters(), query.filters());
    return (scores ? " FROM scores AS s FINAL" : " FROM observations AS o FINAL")
        + view.joins(query.project(), select + " " + where.mentioned())
        + where;
  }

  private static @Nullable String dataType(View view) {
    return switch (view) {
      case SCORES_NUMERIC -> "NUMERIC";
      case SCORES_CATEGORICAL -> "CATEGORICAL";
      case SCORES_BOOLEAN -> "BOOLEAN";
      case TRACES, OBSERVATIONS -> null;
    };
  }

  private static String aggregate(MetricsView view, Measure measure, int bins) {
    String sql = view.measure(measure.name());
    if (UNIQUE.contains(measure.name()) || measure.aggregation() == Aggregation.UNIQ) {
      return "uniqExact(" + sql + ")";
    }
    return switch (measure.aggregation()) {
      case COUNT -> "count(" + sql + ")";
      case SUM -> "sum(" + sql + ")";
      case AVG -> "avg(" + sql + ")";
      case MAX -> "max(" + sql + ")";
      case MIN -> "min(" + sql + ")";
      case P50 -> percentile(sql, 0.5);
      case P75 -> percentile(sql, 0.75);
      case P90 -> percentile(sql, 0.9);
      case P95 -> percentile(sql, 0.95);
      case P99 -> percentile(sql, 0.99);
      case HISTOGRAM -> histogram(sql, bins);
      case UNIQ -> throw new IllegalStateException("handled above");
    };
  }

  private static String percentile(String sql, double rank) {
    return "quantileExactInclusive(" + rank + ")(" + sql + ")";
  }

  /** A list of [from, to, number], of equal widths; empty without any value. */
  private static String histogram(String sql, int bins) {
    String values = "groupArray(toFloat64(" + sql + "))";
    String least = "arrayMin(" + values + ")";
    String most = "arrayMax(" + values + ")";
    String number = "if(" + least + " = " + most + ", 1, " + Math.max(1, bins) + ")";
    String width = "((" + most + " - " + least + ") / " + number + ")";
    String bin =
        "if("
            + width
            + " = 0, 0, least(toInt64(floor((v - "
            + least
            + ") / "
            + width
            + ")), "
            + number
            + " - 1))";
    return "if(empty("
        + values
        + "), [], arrayMap(i -> [toFloat64("
        + least
        + " + "
        + width
        + " * i), toFloat64(if(i = "
        + number
        + " - 1, "
        + most
        + ", "
        + least
        + " + "
        + width
        + " * (i + 1))), toFloat64(arrayCount(v -> "
        + bin
        + " = i, "
        + values
        + "))], range(toUInt32("
        + number
        + "))))";
  }

  /** The start of the interval as text that sorts by time. */
  private static String interval(Granularity granularity, String millis) {
    String time = "fromUnixTimestamp64Milli(" + millis + ", 'UTC')";
    return switch (granularity) {
      case MINUTE -> "formatDateTime(" + time + ", '%FT%H:%i:00Z')";
      case HOUR -> "formatDateTime(" + time + ", '%FT%H:00:00Z')";
      case DAY -> "formatDateTime(" + time + ", '%F')";
      case WEEK -> "formatDateTime(toMonday(" + time + "), '%F')";
      case MONTH -> "formatDateTime(toStartOfMonth(" + time + "), '%F')";
    };
  }

  private static String groupBy(int groups) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      numbers.add("c" + i);
    }
    return groups == 0 ? "" : " GROUP BY " + String.join(", ", numbers);
  }

  private static String orderBy(MetricsQuery query, List<String> names) {
    List<Order> order = query.order();
    if (order.isEmpty()) {
      order =
          query.granularity() != null
              ? List.of(new Order(MetricsQuery.TIME, false))
              : query.measures().stream().limit(1).map(m -> new Order(m.column(), true)).toList();
    }
    if (order.isEmpty()) {
      return "";
    }
    return " ORDER BY "
        + order.stream()
            .map(
                by ->
                    column(names, by) + (by.descending() ? " DESC NULLS LAST" : " ASC NULLS FIRST"))
            .collect(Collectors.joining(", "));
  }

  private static String column(List<String> names, Order by) {
    int index = names.indexOf(by.column());
    if (index < 0) {
      throw new UnsupportedColumnException(
          "Invalid orderBy field '"
              + by.column()
              + "'. Must be one of "
              + String.join(", ", names));
    }
    return "c" + index;
  }

  private static Map<String, @Nullable Object> row(
      Row row, List<String> names, Set<String> histograms) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      JsonNode value = row.node("c" + i);
      String name = names.get(i);
      values.put(
          name, histograms.contains(name) ? value.isEmpty() ? null : bins(value) : value(value));
    }
    return values;
  }

  private static String bins(JsonNode histogram) {
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
