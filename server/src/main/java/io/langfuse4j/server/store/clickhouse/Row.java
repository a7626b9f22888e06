package io.langfuse4j.server.store.clickhouse;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of an answer, column by column. */
record Row(JsonNode json) {

  String required(String column) {
    JsonNode value = json.get(column);
    if (value == null || value.isNull()) {
      throw new IllegalStateException("ClickHouse answered without the column " + column);
    }
    return value.asText();
  }

  @Nullable String text(String column) {
    JsonNode value = json.path(column);
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }

  long number(String column) {
    return json.path(column).asLong();
  }

  boolean flag(String column) {
    return number(column) != 0;
  }

  @Nullable Long integer(String column) {
    JsonNode value = json.path(column);
    return value.isNumber() ? value.asLong() : null;
  }

  @Nullable Double real(String column) {
    JsonNode value = json.path(column);
    return value.isNumber() ? value.asDouble() : null;
  }

  @Nullable Boolean nullableFlag(String column) {
    Long value = integer(column);
    return value == null ? null : value != 0;
  }

  @Nullable Instant instant(String column) {
    Long value = integer(column);
    return value == null ? null : Instant.ofEpochMilli(value);
  }

  Instant requiredInstant(String column) {
    return Instant.ofEpochMilli(Long.parseLong(required(column)));
  }

  List<String> strings(String column) {
    List<String> values = new ArrayList<>();
    json.path(column).forEach(value -> values.add(value.asText()));
    return values;
  }

  JsonNode node(String column) {
    return json.path(column);
  }
}
