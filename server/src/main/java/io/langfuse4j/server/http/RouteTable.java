package io.langfuse4j.server.http;

import io.undertow.util.PathTemplateMatcher;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request. Immutable. */
final class RouteTable {
  private final PathTemplateMatcher<Map<String, Route>> matcher = new PathTemplateMatcher<>();

  RouteTable(List<Route> routes) {
    Map<String, Map<String, Route>> byPath = new TreeMap<>();
    for (Route route : routes) {
      byPath.computeIfAbsent(route.path(), path -> new TreeMap<>()).put(route.method(), route);
    }
    byPath.forEach(matcher::add);
  }

  /** Null if no route has this path. */
  @Nullable Match match(String path) {
    PathTemplateMatcher.PathMatchResult<Map<String, Route>> result = matcher.match(path);
    return result == null ? null : new Match(result.getValue(), result.getParameters());
  }

  /** The routes of one path, by method. */
  record Match(Map<String, Route> byMethod, Map<String, String> parameters) {
    @Nullable Route route(String method) {
      return byMethod.get("HEAD".equals(method) ? "GET" : method);
    }

    String allowed() {
      return String.join(", ", byMethod.keySet());
    }
  }
}
