package io.langfuse4j.server.store.common;

import io.langfuse4j.server.store.MetricsQuery;
import io.langfuse4j.server.store.MetricsQuery.Aggregation;
import io.langfuse4j.server.store.MetricsQuery.Granularity;
import io.langfuse4j.server.store.MetricsQuery.Measure;
import io.langfuse4j.server.store.Order;
import io.langfuse4j.server.store.UnsupportedColumnException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a query for metrics selects, groups by and orders by. Columns are {@code c0}, {@code c1} and
 * so on: first what is told apart, then the figures. Immutable.
 */
public final class MetricsColumns {
  private static final Set<String> UNIQUE = Set.of("uniqueUserIds", "uniqueSessionIds");

  private final List<String> expressions = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Set<String> histograms = new HashSet<>();
  private final List<Order> order;
  private final int groups;

  /**
   * The columns of a query.
   *
   * @throws UnsupportedColumnException for a dimension, measure or order that the view does not
   *     have
   */
  public MetricsColumns(MetricsQuery query, MetricsView view, SqlDialect sql) {
    for (String dimension : query.dimensions()) {
      add(dimension, view.dimension(dimension));
    }
    Granularity granularity = query.granularity();
    if (granularity != null) {
      add(MetricsQuery.TIME, sql.group(granularity, view.time()));
    }
    groups = names.size();
    for (Measure measure : query.measures()) {
      add(measure.column(), aggregate(measure, view.measure(measure.name()), query.bins(), sql));
      if (measure.aggregation() == Aggregation.HISTOGRAM) {
        histograms.add(measure.column());
      }
    }
    order = query.orderOrUsual();
  }

  private void add(String name, String expression) {
    names.add(name);
    expressions.add(expression);
  }

  private static String aggregate(Measure measure, String values, int bins, SqlDialect sql) {
    return switch (how(measure)) {
      case COUNT -> "count(" + values + ")";
      case SUM -> "sum(" + values + ")";
      case AVG -> "avg(" + values + ")";
      case MAX -> "max(" + values + ")";
      case MIN -> "min(" + values + ")";
      case P50 -> sql.percentile(values, 0.5);
      case P75 -> sql.percentile(values, 0.75);
      case P90 -> sql.percentile(values, 0.9);
      case P95 -> sql.percentile(values, 0.95);
      case P99 -> sql.percentile(values, 0.99);
      case HISTOGRAM -> sql.histogram(values, bins);
      case UNIQ -> "count(DISTINCT " + values + ")";
    };
  }

  /** How a measure's values become one: some can only be told apart. */
  public static Aggregation how(Measure measure) {
    return UNIQUE.contains(measure.name()) ? Aggregation.UNIQ : measure.aggregation();
  }

  /** The columns' names in the answer, in their order. */
  public List<String> names() {
    return List.copyOf(names);
  }

  /** Whether the column with a name is a histogram. */
  public boolean isHistogram(String name) {
    return histograms.contains(name);
  }

  public String select() {
    return IntStream.range(0, names.size())
        .mapToObj(i -> expressions.get(i) + " AS c" + i)
        .collect(Collectors.joining(", ", "SELECT ", ""));
  }

  /** {@code GROUP BY … ORDER BY …}, of which either may be missing. Null is less than any value. */
  public String groupedAndOrdered() {
    String grouped =
        groups == 0
            ? ""
            : IntStream.range(0, groups)
                .mapToObj(i -> "c" + i)
                .collect(Collectors.joining(", ", " GROUP BY ", ""));
    String ordered =
        order.isEmpty()
            ? ""
            : sorted().stream()
                .map(MetricsColumns::ordered)
                .collect(Collectors.joining(", ", " ORDER BY ", ""));
    return grouped + ordered;
  }

  private static String ordered(Sorting by) {
    return "c" + by.column() + (by.descending() ? " DESC NULLS LAST" : " ASC NULLS FIRST");
  }

  /** A column by its number that rows are sorted by. Null is less than any value. */
  public record Sorting(int column, boolean descending) {}

  /**
   * What rows are sorted by, the most important first.
   *
   * @throws UnsupportedColumnException for a column that there is not
   */
  public List<Sorting> sorted() {
    return order.stream().map(by -> new Sorting(column(by), by.descending())).toList();
  }

  private int column(Order by) {
    int index = names.indexOf(by.column());
    if (index < 0) {
      throw new UnsupportedColumnException(
          "Invalid orderBy field '"
              + by.column()
              + "'. Must be one of "
              + String.join(", ", names));
    }
    return index;
  }
}
