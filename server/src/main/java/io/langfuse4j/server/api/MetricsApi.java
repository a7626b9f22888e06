package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.store.Intervals;
import io.langfuse4j.server.store.MetricsQuery;
import io.langfuse4j.server.store.MetricsQuery.Aggregation;
import io.langfuse4j.server.store.MetricsQuery.Granularity;
import io.langfuse4j.server.store.MetricsQuery.Measure;
import io.langfuse4j.server.store.MetricsQuery.View;
import io.langfuse4j.server.store.MetricsStore;
import io.langfuse4j.server.store.Order;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/public/metrics} and {@code /api/public/v2/metrics}. */
final class MetricsApi {
  private static final Map<String, View> VIEWS =
      Map.of(
          "traces", View.TRACES,
          "observations", View.OBSERVATIONS,
          "scores-numeric", View.SCORES_NUMERIC,
          "scores-categorical", View.SCORES_CATEGORICAL,
          "scores-boolean", View.SCORES_BOOLEAN);

  private static final Set<Aggregation> COUNTS = Set.of(Aggregation.COUNT, Aggregation.UNIQ);
  private static final Set<String> DIRECTIONS = Set.of("asc", "desc");

  /** What version 2 tells apart by filters only. */
  private static final Set<String> TOO_MANY =
      Set.of("id", "traceId", "observationId", "parentObservationId", "userId", "sessionId");

  private static final int USUAL_BINS = 10;
  private static final int MOST_BINS = 100;
  private static final int MOST_ROWS = 1000;
  private static final int USUAL_ROWS_V2 = 100;

  /** Of version 1, which has no limit of its own: enough for any chart. */
  private static final int USUAL_ROWS_V1 = 10_000;

  private final MetricsStore store;

  MetricsApi(MetricsStore store) {
    this.store = store;
  }

  Response v1(Request request) {
    return answer(request, false);
  }

  Response v2(Request request) {
    return answer(request, true);
  }

  private Response answer(Request request, boolean newer) {
    MetricsQuery query = new Parser(request).query(newer);
    List<Map<String, @Nullable Object>> rows = store.metrics(query);
    Granularity granularity = query.granularity();
    List<Map<String, @Nullable Object>> shown =
        granularity == null ? rows : filled(rows, query, granularity);
    return Response.json(
        200,
        Json.object(
            json ->
                json.array(
                    "data",
                    array -> {
                      for (Map<String, @Nullable Object> row : shown) {
                        array.element(fields -> row(fields, query, row, newer));
                      }
                    })));
  }

  /** Adds a row for each interval that has none, where rows are in the order of time. */
  private static List<Map<String, @Nullable Object>> filled(
      List<Map<String, @Nullable Object>> rows, MetricsQuery query, Granularity granularity) {
    List<Order> order = query.order();
    boolean byTime =
        order.isEmpty()
            || (order.get(0).column().equals(MetricsQuery.TIME) && !order.get(0).descending());
    if (!byTime) {
      return rows;
    }
    List<Map<String, @Nullable Object>> filled = new ArrayList<>();
    int next = 0;
    for (String start : Intervals.between(query.from(), query.to(), granularity, MOST_ROWS)) {
      boolean found = false;
      while (next < rows.size() && start.equals(rows.get(next).get(MetricsQuery.TIME))) {
        filled.add(rows.get(next++));
        found = true;
      }
      if (!found) {
        Map<String, @Nullable Object> empty = new LinkedHashMap<>();
        empty.put(MetricsQuery.TIME, start);
        filled.add(empty);
      }
    }
    filled.addAll(rows.subList(next, rows.size()));
    return filled;
  }

  private static void row(
      Json json, MetricsQuery query, Map<String, @Nullable Object> row, boolean newer)
      throws IOException {
    for (String dimension : query.dimensions()) {
      value(json, dimension, row.get(dimension));
    }
    if (query.granularity() != null) {
      value(json, MetricsQuery.TIME, row.get(MetricsQuery.TIME));
    }
    for (Measure measure : query.measures()) {
      Object value = row.get(measure.column());
      if (measure.aggregation() == Aggregation.HISTOGRAM) {
        json.raw(measure.column(), value == null ? "[]" : value.toString());
      } else if (value == null && (newer || COUNTS.contains(measure.aggregation()))) {
        json.field(measure.column(), 0L);
      } else {
        value(json, measure.column(), value);
      }
    }
  }

  private static void value(Json json, String name, @Nullable Object value) throws IOException {
    if (value instanceof List<?> list) {
      json.strings(name, list.stream().map(Object::toString).toList());
    } else if (value instanceof Integer || value instanceof Long) {
      json.field(name, ((Number) value).longValue());
    } else if (value instanceof Double number && Double.isFinite(number)) {
      json.field(name, BigDecimal.valueOf(number));
    } else {
      json.field(name, value == null ? null : value.toString());
    }
  }

  /** Reads the query, which is JSON in a parameter. Confined to one request. */
  private static final class Parser {
    private final Request request;
    private final JsonNode query;

    Parser(Request request) {
      this.request = request;
      String text = request.query("query");
      if (text == null) {
        throw Issues.invalidType("query", "string", "undefined");
      }
      this.query = Json.tree(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
      if (query.isMissingNode()) {
        throw ApiException.invalidRequest("Invalid JSON in query parameter");
      }
      if (!query.isObject()) {
        throw ApiException.invalidRequest("The parameter query must be a JSON object");
      }
    }

    MetricsQuery query(boolean newer) {
      Instant from = instant("fromTimestamp");
      Instant to = instant("toTimestamp");
      if (!from.isBefore(to)) {
        throw Issues.custom("toTimestamp", "fromTimestamp must be before toTimestamp");
      }
      JsonNode config = query.path("config");
      return new MetricsQuery(
          request.project(),
          view(newer),
          dimensions(newer),
          measures(),
          Filters.parse(query.path("filters")),
          granularity(from, to),
          from,
          to,
          order(),
          integer(config, "bins", USUAL_BINS, MOST_BINS),
          integer(config, "row_limit", newer ? USUAL_ROWS_V2 : USUAL_ROWS_V1, MOST_ROWS));
    }

    private Instant instant(String name) {
      Instant instant = Parameters.parseInstant(query.path(name).asText());
      if (instant == null) {
        throw Issues.invalidDate(name);
      }
      return instant;
    }

    private View view(boolean newer) {
      View view = VIEWS.get(query.path("view").asText());
      if (view == null || (newer && view == View.TRACES)) {
        throw Issues.custom("view", "Invalid option: expected one of the views");
      }
      return view;
    }

    private List<String> dimensions(boolean newer) {
      List<String> dimensions = new ArrayList<>();
      for (JsonNode dimension : query.path("dimensions")) {
        String field = dimension.path("field").asText();
        if (newer && TOO_MANY.contains(field)) {
          throw ApiException.invalidRequest(
              "Dimension '"
                  + field
                  + "' has too many values to group by in version 2. Use a filter, or version 1.");
        }
        dimensions.add(field);
      }
      return dimensions;
    }

    private List<Measure> measures() {
      List<Measure> measures = new ArrayList<>();
      for (JsonNode metric : query.path("metrics")) {
        measures.add(
            new Measure(
                metric.path("measure").asText(),
                option(Aggregation.class, "metrics", metric.path("aggregation").asText())));
      }
      if (measures.isEmpty()) {
        throw Issues.custom("metrics", "At least one metric is needed");
      }
      return measures;
    }

    private @Nullable Granularity granularity(Instant from, Instant to) {
      JsonNode dimension = query.path("timeDimension");
      if (dimension.isMissingNode() || dimension.isNull()) {
        return null;
      }
      String name = dimension.path("granularity").asText();
      return "auto".equals(name)
          ? Intervals.suiting(Duration.between(from, to))
          : option(Granularity.class, "timeDimension", name);
    }

    private List<Order> order() {
      List<Order> order = new ArrayList<>();
      for (JsonNode by : query.path("orderBy")) {
        String direction = by.path("direction").asText();
        if (!DIRECTIONS.contains(direction)) {
          throw Issues.custom("orderBy", "Invalid option: expected one of \"asc\"|\"desc\"");
        }
        order.add(new Order(by.path("field").asText(), "desc".equals(direction)));
      }
      return order;
    }

    private static <E extends Enum<E>> E option(Class<E> type, String field, String name) {
      for (E option : type.getEnumConstants()) {
        if (option.name().toLowerCase(Locale.ROOT).equals(name)) {
          return option;
        }
      }
      throw Issues.custom(field, "Invalid option '" + name + "'");
    }

    private static int integer(JsonNode config, String name, int usual, int most) {
      JsonNode value = config.path(name);
      if (value.isMissingNode() || value.isNull()) {
        return usual;
      }
      if (!value.isInt() || value.intValue() < 1 || value.intValue() > most) {
        throw Issues.custom(name, "Expected a whole number from 1 to " + most);
      }
      return value.intValue();
    }
  }
}
