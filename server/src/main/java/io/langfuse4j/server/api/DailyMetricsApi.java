package io.langfuse4j.server.api;

import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.MetricsQuery;
import io.langfuse4j.server.store.MetricsQuery.Aggregation;
import io.langfuse4j.server.store.MetricsQuery.Granularity;
import io.langfuse4j.server.store.MetricsQuery.Measure;
import io.langfuse4j.server.store.MetricsQuery.View;
import io.langfuse4j.server.store.MetricsStore;
import io.langfuse4j.server.store.Order;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /api/public/metrics/daily}: what each day cost, model by model. */
final class DailyMetricsApi {
  private static final int EVERYTHING = Integer.MAX_VALUE;
  private static final Instant ALWAYS = Instant.EPOCH;
  private static final Instant FOREVER = Instant.parse("9999-01-01T00:00:00Z");
  private static final String MODEL = "providedModelName";
  private static final List<Order> NEWEST = List.of(new Order(MetricsQuery.TIME, true));

  private static final Measure COUNT = new Measure("count", Aggregation.COUNT);
  private static final Measure TRACES = new Measure("traceIds", Aggregation.UNIQ);
  private static final Measure OBSERVATIONS = new Measure("observationsCount", Aggregation.SUM);
  private static final Measure INPUT = new Measure("inputTokens", Aggregation.SUM);
  private static final Measure OUTPUT = new Measure("outputTokens", Aggregation.SUM);
  private static final Measure TOTAL = new Measure("totalTokens", Aggregation.SUM);
  private static final Measure COST = new Measure("totalCost", Aggregation.SUM);

  private final MetricsStore store;

  DailyMetricsApi(MetricsStore store) {
    this.store = store;
  }

  Response list(Request request) {
    Parameters.Page page = Parameters.page(request);
    List<Map<String, @Nullable Object>> days =
        store.metrics(
            query(
                request,
                View.TRACES,
                List.of(),
                List.of(COUNT, OBSERVATIONS, COST),
                filters(request, "name")));
    Map<Object, List<Map<String, @Nullable Object>>> models = new LinkedHashMap<>();
    for (Map<String, @Nullable Object> usage :
        store.metrics(
            query(
                request,
                View.OBSERVATIONS,
                List.of(MODEL),
                List.of(INPUT, OUTPUT, TOTAL, COST, COUNT, TRACES),
                filters(request, "traceName")))) {
      models.computeIfAbsent(day(usage), day -> new ArrayList<>()).add(usage);
    }
    int from = (int) Math.min(page.offset(), days.size());
    List<Map<String, @Nullable Object>> shown =
        days.subList(from, Math.min(from + page.limit(), days.size()));
    return Pages.of(
        page,
        days.size(),
        json -> {
          for (Map<String, @Nullable Object> day : shown) {
            json.element(fields -> day(fields, day, models.getOrDefault(day(day), List.of())));
          }
        });
  }

  private static Object day(Map<String, @Nullable Object> row) {
    return Objects.requireNonNullElse(row.get(MetricsQuery.TIME), "");
  }

  private static List<Filter> filters(Request request, String nameColumn) {
    return Filters.of(request)
        .equal(nameColumn, request.query("traceName"))
        .equal("userId", request.query("userId"))
        .allOf("tags", Parameters.repeated(request, "tags"))
        .anyOf("environment", Parameters.repeated(request, "environment"))
        .list();
  }

  private static MetricsQuery query(
      Request request,
      View view,
      List<String> dimensions,
      List<Measure> measures,
      List<Filter> filters) {
    Instant from = Parameters.instant(request, "fromTimestamp");
    Instant to = Parameters.instant(request, "toTimestamp");
    return new MetricsQuery(
        request.project(),
        view,
        dimensions,
        measures,
        filters,
        Granularity.DAY,
        from == null ? ALWAYS : from,
        to == null ? FOREVER : to,
        NEWEST,
        1,
        EVERYTHING);
  }

  private static void day(
      Json json, Map<String, @Nullable Object> day, List<Map<String, @Nullable Object>> models)
      throws IOException {
    json.field("date", day(day).toString());
    number(json, "countTraces", day, COUNT);
    number(json, "countObservations", day, OBSERVATIONS);
    number(json, "totalCost", day, COST);
    json.array(
        "usage",
        array -> {
          for (Map<String, @Nullable Object> model : models) {
            array.element(fields -> usage(fields, model));
          }
        });
  }

  private static void usage(Json json, Map<String, @Nullable Object> model) throws IOException {
    Object name = model.get(MODEL);
    json.field("model", name == null ? null : name.toString());
    number(json, "inputUsage", model, INPUT);
    number(json, "outputUsage", model, OUTPUT);
    number(json, "totalUsage", model, TOTAL);
    number(json, "totalCost", model, COST);
    number(json, "countObservations", model, COUNT);
    number(json, "countTraces", model, TRACES);
  }

  private static void number(
      Json json, String name, Map<String, @Nullable Object> row, Measure measure)
      throws IOException {
    Object value = row.get(measure.column());
    json.field(name, value == null ? BigDecimal.ZERO : new BigDecimal(value.toString()));
  }
}
