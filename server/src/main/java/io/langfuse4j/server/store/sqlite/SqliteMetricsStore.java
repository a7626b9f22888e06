package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.MetricsQuery;
import io.langfuse4j.server.store.MetricsQuery.Aggregation;
import io.langfuse4j.server.store.MetricsQuery.Granularity;
import io.langfuse4j.server.store.MetricsQuery.Measure;
import io.langfuse4j.server.store.MetricsQuery.View;
import io.langfuse4j.server.store.MetricsStore;
import io.langfuse4j.server.store.Order;
import io.langfuse4j.server.store.UnsupportedColumnException;
import io.langfuse4j.server.store.common.JsonText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Metrics as one grouping query over the views. Thread-safe. */
final class SqliteMetricsStore implements MetricsStore {
  private static final Set<String> UNIQUE = Set.of("uniqueUserIds", "uniqueSessionIds");
  private static final String TAGS = "tags";

  private final Readers readers;

  SqliteMetricsStore(Readers readers) {
    this.readers = readers;
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
    for (Measure measure : query.measures()) {
      columns.add(aggregate(view, measure, query.bins()));
      names.add(measure.column());
    }
    Where where = where(view, query);
    return readers.read(
        connection ->
            Sql.list(
                connection,
                "SELECT "
                    + String.join(", ", columns)
                    + view.from()
                    + view.joins(String.join(", ", columns) + where.sql()),
                where,
                groupBy(groups) + orderBy(query, names) + " LIMIT ?",
                row -> row(row, names),
                query.limit()));
  }

  private static Where where(MetricsView view, MetricsQuery query) {
    Where where =
        Where.metrics(query.project(), view)
            .and(view.time() + " >= ?", query.from())
            .and(view.time() + " < ?", query.to());
    String type = dataType(query.view());
    if (type != null) {
      where.and("s.data_type = ?", type);
    }
    List<Filter> filters = query.filters();
    return where.and(view.filters(), filters);
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
      return "count(DISTINCT " + sql + ")";
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
      case HISTOGRAM -> "langfuse_histogram(" + sql + ", " + bins + ")";
      case UNIQ -> throw new IllegalStateException("handled above");
    };
  }

  private static String percentile(String sql, double rank) {
    return "langfuse_percentile(" + sql + ", " + rank + ")";
  }

  /** The start of the interval as text that sorts by time. */
  private static String interval(Granularity granularity, String time) {
    String seconds = time + " / 1000, 'unixepoch'";
    return switch (granularity) {
      case MINUTE -> "strftime('%Y-%m-%dT%H:%M:00Z', " + seconds + ")";
      case HOUR -> "strftime('%Y-%m-%dT%H:00:00Z', " + seconds + ")";
      case DAY -> "strftime('%Y-%m-%d', " + seconds + ")";
      case WEEK -> "strftime('%Y-%m-%d', " + seconds + ", '-6 days', 'weekday 1')";
      case MONTH -> "strftime('%Y-%m-01', " + seconds + ")";
    };
  }

  private static String groupBy(int groups) {
    List<String> numbers = new ArrayList<>();
    for (int i = 1; i <= groups; i++) {
      numbers.add(Integer.toString(i));
    }
    return groups == 0 ? "" : "GROUP BY " + String.join(", ", numbers);
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
            .map(by -> position(names, by) + (by.descending() ? " DESC" : " ASC"))
            .collect(Collectors.joining(", "));
  }

  private static int position(List<String> names, Order by) {
    int index = names.indexOf(by.column());
    if (index < 0) {
      throw new UnsupportedColumnException(
          "Invalid orderBy field '"
              + by.column()
              + "'. Must be one of "
              + String.join(", ", names));
    }
    return index + 1;
  }

  private static Map<String, @Nullable Object> row(ResultSet row, List<String> names)
      throws SQLException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Object value = row.getObject(i + 1);
      values.put(
          name, TAGS.equals(name) && value instanceof String tags ? JsonText.strings(tags) : value);
    }
    return values;
  }
}
