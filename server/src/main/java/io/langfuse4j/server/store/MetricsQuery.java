package io.langfuse4j.server.store;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Figures over many rows, grouped. Names are those of Langfuse's metrics endpoint.
 *
 * @param granularity width of the intervals of time that are told apart; null for none
 * @param from earliest time of a row
 * @param to end of that range
 * @param order by name of a dimension, of {@code time_dimension} or of a measure's column; empty
 *     for the usual one
 * @param bins of histograms
 * @param limit most rows
 */
public record MetricsQuery(
    String project,
    View view,
    List<String> dimensions,
    List<Measure> measures,
    List<Filter> filters,
    @Nullable Granularity granularity,
    Instant from,
    Instant to,
    List<Order> order,
    int bins,
    int limit) {

  /** The name of the column that holds the start of an interval. */
  public static final String TIME = "time_dimension";

  public MetricsQuery {
    dimensions = List.copyOf(dimensions);
    measures = List.copyOf(measures);
    filters = List.copyOf(filters);
    order = List.copyOf(order);
  }

  /** The order, or the usual one: along the time if that is told apart, else the most first. */
  public List<Order> orderOrUsual() {
    if (!order.isEmpty()) {
      return order;
    }
    return granularity != null
        ? List.of(new Order(TIME, false))
        : measures.stream().limit(1).map(first -> new Order(first.column(), true)).toList();
  }

  /** What is counted. */
  public enum View {
    TRACES,
    OBSERVATIONS,
    /** Booleans are 0 or 1. */
    SCORES_NUMERIC,
    SCORES_CATEGORICAL,
    SCORES_BOOLEAN;

    /** Those of the scores that are counted; empty if they are no scores. */
    public List<String> dataTypes() {
      return switch (this) {
        case TRACES, OBSERVATIONS -> List.of();
        case SCORES_NUMERIC -> List.of("NUMERIC", "BOOLEAN");
        case SCORES_CATEGORICAL -> List.of("CATEGORICAL");
        case SCORES_BOOLEAN -> List.of("BOOLEAN");
      };
    }
  }

  /** Widths of intervals; weeks begin on Monday, all in UTC. */
  public enum Granularity {
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH
  }

  /** How values become one. */
  public enum Aggregation {
    SUM,
    AVG,
    COUNT,
    MAX,
    MIN,
    P50,
    P75,
    P90,
    P95,
    P99,
    HISTOGRAM,
    UNIQ
  }

  /** One figure. */
  public record Measure(String name, Aggregation aggregation) {

    /** The name of its column in the answer. */
    public String column() {
      return aggregation.name().toLowerCase(Locale.ROOT) + "_" + name;
    }
  }
}
