package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.model.Observation.ModelCall;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Units and costs of one observation, summed the way that lists and traces show them. */
record Amounts(
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable Long totalTokens,
    @Nullable Double inputCost,
    @Nullable Double outputCost,
    @Nullable Double totalCost) {

  static Amounts of(ModelCall call) {
    boolean counted = !call.usage().isEmpty();
    boolean priced = !call.cost().isEmpty();
    return new Amounts(
        counted ? units(call.usage(), "input") : null,
        counted ? units(call.usage(), "output") : null,
        call.usage().get("total"),
        priced ? cost(call.cost(), "input") : null,
        priced ? cost(call.cost(), "output") : null,
        total(call.cost()));
  }

  private static long units(Map<String, Long> usage, String part) {
    long sum = 0;
    for (Map.Entry<String, Long> entry : usage.entrySet()) {
      if (entry.getKey().contains(part)) {
        sum += entry.getValue();
      }
    }
    return sum;
  }

  private static double cost(Map<String, BigDecimal> costs, String part) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Map.Entry<String, BigDecimal> entry : costs.entrySet()) {
      if (entry.getKey().contains(part)) {
        sum = sum.add(entry.getValue());
      }
    }
    return sum.doubleValue();
  }

  private static @Nullable Double total(Map<String, BigDecimal> costs) {
    BigDecimal total = costs.get("total");
    return total == null ? null : total.doubleValue();
  }
}
