package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpSpan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Costs that the sender gave. They are kept as given; a total is added only where it is plain. */
final class CostRules {
  private static final List<String> TOTAL_KEYS = List.of("gen_ai.usage.cost", "llm.cost.total");
  private static final Set<String> PLAIN = Set.of("input", "output");
  private static final BigDecimal MAX = new BigDecimal("999999.999999");
  private static final int DECIMALS = 12;

  private CostRules() {}

  static Map<String, BigDecimal> costOf(OtlpSpan span) {
    if (FieldSources.isSummary(span)) {
      return Map.of();
    }
    JsonNode details = GivenDetails.of(span, "langfuse.observation.cost_details");
    return details != null ? given(details) : total(span);
  }

  /** Costs by usage type, in the form in which they are stored. */
  static Map<String, BigDecimal> given(JsonNode details) {
    Map<String, BigDecimal> costs = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : details.properties()) {
      BigDecimal cost = costOf(entry.getValue());
      if (cost != null) {
        costs.put(entry.getKey(), cost);
      }
    }
    BigDecimal input = costs.get("input");
    BigDecimal output = costs.get("output");
    if (input != null && output != null && PLAIN.containsAll(costs.keySet())) {
      costs.put("total", bounded(input.add(output)));
    }
    return costs;
  }

  private static Map<String, BigDecimal> total(OtlpSpan span) {
    for (String key : TOTAL_KEYS) {
      JsonNode value = span.attributes().get(key);
      if (value != null && !Json.text(value).isEmpty()) {
        BigDecimal cost = costOf(value);
        return cost == null ? Map.of() : Map.of("total", cost);
      }
    }
    return Map.of();
  }

  private static @Nullable BigDecimal costOf(@Nullable JsonNode value) {
    BigDecimal cost = Numbers.decimal(value);
    return cost == null || cost.signum() < 0 ? null : bounded(cost);
  }

  private static BigDecimal bounded(BigDecimal cost) {
    BigDecimal rounded =
        cost.min(MAX).setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
