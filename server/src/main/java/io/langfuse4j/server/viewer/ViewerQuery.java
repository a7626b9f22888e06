package io.langfuse4j.server.viewer;

import io.langfuse4j.server.api.Parameters;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.Filter.Operator;
import io.langfuse4j.server.store.Order;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceQuery.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The viewer's query parameters. Repeating one means any of its values. */
final class ViewerQuery {
  /** Parameter to column. */
  private static final Map<String, String> COLUMNS =
      Map.of(
          "id", "id",
          "name", "name",
          "userId", "userId",
          "sessionId", "sessionId",
          "environment", "environment",
          "level", "level",
          "type", "type",
          "tag", "tags",
          "model", "model");

  /** What a reader can sort by, and its column. */
  private static final Map<String, String> SORTS =
      Map.of("latency", "latency", "tokens", "totalTokens", "cost", "totalCost");

  /** What a reader can bound, and its column. */
  private static final Map<String, String> BOUNDED =
      Map.of("latency", "latency", "tokens", "totalTokens", "cost", "totalCost");

  private ViewerQuery() {}

  static TraceQuery of(Request request) {
    List<Filter> filters = new ArrayList<>();
    COLUMNS.forEach(
        (parameter, column) -> {
          List<String> values =
              request.queryAll(parameter).stream().filter(value -> !value.isEmpty()).toList();
          if (!values.isEmpty()) {
            filters.add(Filter.anyOf(column, values));
          }
        });
    BOUNDED.forEach(
        (parameter, column) -> {
          for (String bound : request.queryAll(parameter)) {
            if (!bound.isEmpty()) {
              filters.addAll(Bounds.of(parameter, column, bound));
            }
          }
        });
    for (String score : request.queryAll("score")) {
      if (!score.isEmpty()) {
        filters.add(Bounds.score(score));
      }
    }
    String hasError = request.query("hasError");
    if (hasError != null) {
      Operator operator = "true".equals(hasError) ? Operator.GREATER : Operator.EQUAL;
      filters.add(new Filter("errorCount", null, operator, 0.0));
    }
    Instant from = Parameters.instant(request, "from");
    if (from != null) {
      filters.add(Filter.from("timestamp", from));
    }
    Instant to = Parameters.instant(request, "to");
    if (to != null) {
      filters.add(Filter.upTo("timestamp", to));
    }
    return TraceQuery.of(request.project()).filters(filters).search(request.query("search"));
  }

  /** The newest first, or what has most of something. */
  static Order order(Request request) {
    String sort = request.query("sort");
    if (sort == null) {
      return Order.NEWEST_TRACE;
    }
    String column = SORTS.get(sort);
    if (column == null) {
      throw ApiException.invalidRequest("Unknown sort '" + sort + "': " + SORTS.keySet());
    }
    return new Order(column, true);
  }

  /** Where a page begins in an order that has no positions. */
  static long offset(Request request) {
    String cursor = request.query("cursor");
    if (cursor == null) {
      return 0;
    }
    try {
      return Math.max(0, Long.parseLong(cursor));
    } catch (NumberFormatException e) {
      throw ApiException.invalidRequest("Invalid cursor");
    }
  }

  static String cursor(long offset) {
    return Long.toString(offset);
  }

  static @Nullable Position after(Request request) {
    String cursor = request.query("cursor");
    if (cursor == null) {
      return null;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return new Position(
          Instant.ofEpochMilli(Long.parseLong(text.substring(0, Math.max(colon, 0)))),
          text.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      throw ApiException.invalidRequest("Invalid cursor");
    }
  }

  static String cursor(Instant timestamp, String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((timestamp.toEpochMilli() + ":" + id).getBytes(StandardCharsets.UTF_8));
  }
}
