package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.otlp.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tags in the spellings that instrumentations use: a list, a JSON list, comma-separated, one. */
final class Tags {
  private Tags() {}

  static List<String> parse(@Nullable JsonNode value) {
    if (value == null) {
      return List.of();
    }
    if (value.isArray()) {
      return texts(value);
    }
    return value.isTextual() ? parse(Json.text(value)) : List.of();
  }

  private static List<String> parse(String text) {
    JsonNode list = Json.parseContainer(text);
    if (list != null && list.isArray()) {
      return texts(list);
    }
    if (text.contains(",")) {
      return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
    return text.isEmpty() ? List.of() : List.of(text);
  }

  private static List<String> texts(JsonNode list) {
    List<String> tags = new ArrayList<>(list.size());
    list.forEach(item -> tags.add(Json.text(item)));
    return tags;
  }
}
