package io.langfuse4j.server.pricing;

import io.langfuse4j.server.model.Observation.ModelCall;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Usage and cost of one observation, given or found out.
 *
 * @param modelId the model that its name means; null if none is known
 * @param usageInferred the sender counted nothing, so the tokens were counted here
 * @param costComputed the sender gave no cost, so it was computed from prices
 */
public record Priced(
    Map<String, Long> usage,
    Map<String, BigDecimal> cost,
    @Nullable String modelId,
    @Nullable String tierId,
    @Nullable String tierName,
    boolean usageInferred,
    boolean costComputed) {

  public Priced {
    usage = Collections.unmodifiableMap(new LinkedHashMap<>(usage));
    cost = Collections.unmodifiableMap(new LinkedHashMap<>(cost));
  }

  /** As the sender gave it. */
  static Priced given(ModelCall call) {
    return new Priced(call.usage(), call.cost(), null, null, null, false, false);
  }
}
