package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.otlp.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Nested objects as dot paths to strings: arrays as JSON text, null as the empty string, of
 * duplicate paths the first.
 */
final class DotPaths {
  /** Below this an object stays JSON text: paths that grow with every level add up to a square. */
  private static final int MAX_DEPTH = 20;

  private DotPaths() {}

  static Map<String, String> flatten(JsonNode object) {
    Map<String, String> paths = new LinkedHashMap<>();
    flatten("", object, 1, paths);
    return paths;
  }

  private static void flatten(
      String prefix, JsonNode object, int depth, Map<String, String> paths) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String path = prefix + entry.getKey();
      JsonNode value = entry.getValue();
      if (value.isObject() && depth < MAX_DEPTH && path.length() < Json.MAX_NAME_LENGTH) {
        flatten(path + ".", value, depth + 1, paths);
      } else {
        paths.putIfAbsent(path, value.isNull() ? "" : Json.text(value));
      }
    }
  }
}
