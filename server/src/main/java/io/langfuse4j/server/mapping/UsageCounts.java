package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts while they are being collected. Confined to one span. */
final class UsageCounts {
  private final Map<String, BigDecimal> counts = new LinkedHashMap<>();

  void put(String key, @Nullable BigDecimal count) {
    if (count != null) {
      counts.put(key, count);
    }
  }

  void putIfAbsent(String key, @Nullable BigDecimal count) {
    if (count != null) {
      counts.putIfAbsent(key, count);
    }
  }

  boolean has(String key) {
    return counts.containsKey(key);
  }

  /** Takes the parts out of a whole that includes them, so that the sum counts nothing twice. */
  void subtract(String whole, String... parts) {
    BigDecimal rest = counts.get(whole);
    if (rest == null) {
      return;
    }
    for (String part : parts) {
      rest = rest.subtract(counts.getOrDefault(part, BigDecimal.ZERO));
    }
    counts.put(whole, rest.max(BigDecimal.ZERO));
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    counts.forEach(json::put);
    return json;
  }
}
