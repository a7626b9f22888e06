package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.otlp.Json;
import java.math.BigDecimal;
import java.util.Map;

/** Fields of the events that SDKs sent before they sent spans. */
public final class LegacyFields {
  private LegacyFields() {}

  /** Units by usage type, from {@code usageDetails} or else the older {@code usage}. */
  public static Map<String, Long> usage(JsonNode body) {
    JsonNode details = body.path("usageDetails");
    if (details.isObject()) {
      return UsageSchema.normalise(details);
    }
    JsonNode usage = body.path("usage");
    ObjectNode units = JsonNodeFactory.instance.objectNode();
    copy(usage, "promptTokens", units, "input");
    copy(usage, "completionTokens", units, "output");
    copy(usage, "totalTokens", units, "total");
    copy(usage, "input", units, "input");
    copy(usage, "output", units, "output");
    copy(usage, "total", units, "total");
    return UsageSchema.normalise(units);
  }

  /** US dollars by usage type, from {@code costDetails} or else the older {@code usage}. */
  public static Map<String, BigDecimal> cost(JsonNode body) {
    JsonNode details = body.path("costDetails");
    if (details.isObject()) {
      return CostRules.given(details);
    }
    JsonNode usage = body.path("usage");
    ObjectNode amounts = JsonNodeFactory.instance.objectNode();
    copy(usage, "inputCost", amounts, "input");
    copy(usage, "outputCost", amounts, "output");
    copy(usage, "totalCost", amounts, "total");
    return CostRules.given(amounts);
  }

  /** Metadata as v2 reads return it: dot paths to strings. */
  public static String flatMetadata(ObjectNode metadata) {
    ObjectNode flat = JsonNodeFactory.instance.objectNode();
    DotPaths.flatten(metadata).forEach(flat::put);
    return Json.text(flat);
  }

  /** Both objects in one, entry by entry at every depth; the newer wins where they differ. */
  public static ObjectNode merged(ObjectNode older, ObjectNode newer) {
    ObjectNode merged = older.deepCopy();
    for (Map.Entry<String, JsonNode> entry : newer.properties()) {
      boolean both =
          merged.get(entry.getKey()) instanceof ObjectNode
              && entry.getValue() instanceof ObjectNode;
      merged.set(
          entry.getKey(),
          both
              ? merged((ObjectNode) merged.get(entry.getKey()), (ObjectNode) entry.getValue())
              : entry.getValue());
    }
    return merged;
  }

  private static void copy(JsonNode from, String name, ObjectNode to, String as) {
    if (from.hasNonNull(name)) {
      to.set(as, from.get(name));
    }
  }
}
