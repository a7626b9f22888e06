package io.langfuse4j.server.store.common;

import io.langfuse4j.server.pricing.Priced;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Units and costs of one observation, summed the way that lists and traces show them. */
public record Amounts(
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable Long totalTokens,
    @Nullable Double inputCost,
    @Nullable Double outputCost,
    @Nullable Double totalCost) {

  public static Amounts of(Priced priced) {
    boolean counted = !priced.usage().isEmpty();
    boolean charged = !priced.cost().isEmpty();
    return new Amounts(
        counted ? units(priced.usage(), "input") : null,
        counted ? units(priced.usage(), "output") : null,
        priced.usage().get("total"),
        charged ? cost(priced.cost(), "input") : null,
        charged ? cost(priced.cost(), "output") : null,
        total(priced.cost()));
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
