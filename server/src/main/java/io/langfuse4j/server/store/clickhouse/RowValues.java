package io.langfuse4j.server.store.clickhouse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How rows hold what JSON has no type for. */
final class RowValues {
  private RowValues() {}

  static void put(ObjectNode row, String column, @Nullable Instant time) {
    row.put(column, time == null ? null : (Long) time.toEpochMilli());
  }

  static void put(ObjectNode row, String column, @Nullable Boolean flag) {
    row.put(column, flag == null ? null : (Integer) (flag ? 1 : 0));
  }

  static void put(ObjectNode row, String column, Iterable<String> values) {
    ArrayNode list = row.putArray(column);
    values.forEach(list::add);
  }
}
