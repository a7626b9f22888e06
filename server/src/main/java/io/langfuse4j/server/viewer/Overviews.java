package io.langfuse4j.server.viewer;

import io.langfuse4j.server.api.Json;
import io.langfuse4j.server.api.Parameters;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.store.InsightStore.Grouping;
import io.langfuse4j.server.store.Order;
import io.langfuse4j.server.store.Performance;
import io.langfuse4j.server.store.PerformanceReport;
import io.langfuse4j.server.store.StoredTrace;
import io.langfuse4j.server.store.TraceGroup;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.TraceVolume;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Many traces at once: their number along the time, their users and their sessions. */
final class Overviews {
  /** Interval lengths that a reader can name. */
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(30));

  private static final int MOST_PARTS = 20;

  private final TraceStore store;
  private final Clock clock;

  Overviews(TraceStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** From {@code from} or the first trace, to {@code to} or now, in about {@code buckets} steps. */
  Response volume(Request request) {
    TraceQuery query = ViewerQuery.of(request);
    int buckets = Parameters.integer(request, "buckets", 60, 1, 500);
    Instant to = orElse(Parameters.instant(request, "to"), clock.instant());
    Instant from = Parameters.instant(request, "from");
    if (from == null) {
      from = first(query, to);
    }
    Duration step = step(Duration.between(from, to), buckets);
    List<TraceVolume> volume = store.volume(query, step);
    Instant start = from;
    return Response.json(
        200,
        Json.object(
            json ->
                json.field("from", start)
                    .field("to", to)
                    .field("stepMs", step.toMillis())
                    .array(
                        "buckets",
                        array -> {
                          for (TraceVolume bucket : volume) {
                            array.element(
                                fields ->
                                    fields
                                        .field("at", bucket.start())
                                        .field("traces", bucket.traces())
                                        .field("errors", bucket.errors()));
                          }
                        })));
  }

  /** Traces along the time and by name, calls by model: counts, sums and percentiles. */
  Response performance(Request request) {
    TraceQuery query = ViewerQuery.of(request);
    int buckets = Parameters.integer(request, "buckets", 60, 1, 500);
    Instant to = orElse(Parameters.instant(request, "to"), clock.instant());
    Instant from = Parameters.instant(request, "from");
    Instant start = from == null ? first(query, to) : from;
    Duration step = step(Duration.between(start, to), buckets);
    PerformanceReport report = store.performance(query, step, MOST_PARTS);
    return Response.json(
        200,
        Json.object(
            json ->
                json.field("from", start)
                    .field("to", to)
                    .field("stepMs", step.toMillis())
                    .array(
                        "buckets",
                        array -> {
                          for (Performance part : report.along()) {
                            Instant at = Instant.ofEpochMilli(Long.parseLong(part.group()));
                            array.element(row -> ViewerJson.performance(row.field("at", at), part));
                          }
                        })
                    .object("total", total -> ViewerJson.performance(total, report.total()))
                    .array("names", array -> parts(array, report.names()))
                    .array("models", array -> parts(array, report.models()))));
  }

  private static void parts(Json array, List<Performance> parts) throws IOException {
    for (Performance part : parts) {
      array.element(row -> ViewerJson.performance(row.field("name", part.group()), part));
    }
  }

  private Instant first(TraceQuery query, Instant otherwise) {
    List<StoredTrace> oldest = store.traces(query.order(new Order("timestamp", false)).page(1, 0));
    return oldest.isEmpty() ? otherwise : oldest.get(0).summary().timestamp();
  }

  /** The shortest step that needs no more than so many for a span; a year has many days. */
  static Duration step(Duration span, int buckets) {
    for (Duration step : STEPS) {
      if (span.compareTo(step.multipliedBy(buckets)) <= 0) {
        return step;
      }
    }
    Duration last = STEPS.get(STEPS.size() - 1);
    return last.multipliedBy(span.dividedBy(last) / buckets + 1);
  }

  private static Instant orElse(@Nullable Instant instant, Instant otherwise) {
    return instant == null ? otherwise : instant;
  }

  Response groups(Request request, Grouping by) {
    int limit = Parameters.integer(request, "limit", 50, 1, 500);
    int page = Parameters.integer(request, "page", 1, 1, Integer.MAX_VALUE);
    TraceQuery query = ViewerQuery.of(request).page(limit, (page - 1L) * limit);
    List<TraceGroup> groups = store.groups(query, by);
    long total = page == 1 && groups.size() < limit ? groups.size() : store.countGroups(query, by);
    return Response.json(
        200,
        Json.object(
            json ->
                json.array(
                        "data",
                        array -> {
                          for (TraceGroup group : groups) {
                            array.element(row -> ViewerJson.group(row, group));
                          }
                        })
                    .field("total", total)));
  }
}
