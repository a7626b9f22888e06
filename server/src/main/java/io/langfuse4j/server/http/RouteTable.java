package io.langfuse4j.server.http;

import io.undertow.util.PathTemplateMatcher;
import java.util.LinkedHashMap;
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

  /**
   * Null if no route has this path, which Undertow has decoded, all but slashes. Its matcher would
   * end the path at a question mark, which by then is one of a name.
   */
  @Nullable Match match(String path) {
    PathTemplateMatcher.PathMatchResult<Map<String, Route>> result =
        matcher.match(path.replace("?", "%3F").replace("#", "%23"));
    if (result == null) {
      return null;
    }
    Map<String, String> decoded = new LinkedHashMap<>();
    result.getParameters().forEach((name, value) -> decoded.put(name, decoded(value)));
    return new Match(result.getValue(), decoded);
  }

  private static String decoded(String value) {
    return value.replace("%3F", "?").replace("%23", "#").replace("%2F", "/").replace("%2f", "/");
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
