package io.langfuse4j.server.api;

import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Observation.ModelCall;
import io.langfuse4j.server.model.ObservationType;
import io.langfuse4j.server.pricing.Model;
import io.langfuse4j.server.store.PricedBy;
import io.langfuse4j.server.store.StoredObservation;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An observation as the first version of the public API shows it. */
final class ObservationJson {
  private ObservationJson() {}

  /** Where it is shown, which changes three fields. */
  enum Place {
    /** Tiers are left out. */
    LIST,
    SINGLE,
    /** Inside a single trace, where a total price that is not known is shown as 0. */
    TRACE
  }

  static void write(
      Json json, String project, StoredObservation stored, PricedModels models, Place place)
      throws IOException {
    Observation o = stored.observation();
    // The older API keeps model, usage, cost and prompt from these two types, and ends from events.
    boolean plain = o.type() == ObservationType.SPAN || o.type() == ObservationType.EVENT;
    ModelCall call = plain ? ModelCall.NONE : o.modelCall();
    PricedBy pricedBy = plain ? PricedBy.NOTHING : stored.pricedBy();
    Model model = models.get(pricedBy);
    boolean showsTier = place != Place.LIST;
    Instant end = o.type() == ObservationType.EVENT ? null : o.timing().endTime();
    Instant completionStart = plain ? null : o.timing().completionStartTime();
    json.field("id", o.id())
        .field("traceId", o.traceId())
        .field("startTime", o.timing().startTime())
        .field("endTime", end)
        .field("projectId", project)
        .field("parentObservationId", o.parentId())
        .field("type", o.type().name())
        .field("environment", o.environment())
        .field("name", o.name())
        .field("level", o.level().name())
        .field("statusMessage", o.statusMessage())
        .field("version", o.version())
        .field("createdAt", stored.createdAt())
        .field("updatedAt", stored.updatedAt())
        .parsed("input", o.content().input())
        .parsed("output", o.content().output())
        .metadata("metadata", o.content().metadata())
        .field("model", call.model())
        .raw("modelParameters", call.modelParameters())
        .field("completionStartTime", completionStart)
        .nothing("promptId")
        .field("promptName", call.promptName())
        .field("promptVersion", call.promptVersion())
        .seconds("latency", between(o.timing().startTime(), end))
        .seconds("timeToFirstToken", between(o.timing().startTime(), completionStart))
        .units("usageDetails", call.usage())
        .amounts("costDetails", call.cost())
        .field("usagePricingTierId", showsTier ? pricedBy.tierId() : null)
        .field("usagePricingTierName", showsTier ? pricedBy.tierName() : null)
        .field("inputPrice", price(model, "input"))
        .field("outputPrice", price(model, "output"));
    BigDecimal totalPrice = price(model, "total");
    json.field(
        "totalPrice", totalPrice == null && place == Place.TRACE ? BigDecimal.ZERO : totalPrice);
    totals(json, call, pricedBy.modelId());
  }

  private static void totals(Json json, ModelCall call, @Nullable String modelId)
      throws IOException {
    long input = units(call.usage(), "input");
    long output = units(call.usage(), "output");
    long total = call.usage().getOrDefault("total", 0L);
    json.field("calculatedInputCost", cost(call.cost(), "input"))
        .field("calculatedOutputCost", cost(call.cost(), "output"))
        .field("calculatedTotalCost", call.cost().get("total"))
        .field("unit", "TOKENS")
        .field("promptTokens", input)
        .field("completionTokens", output)
        .field("totalTokens", total)
        .field("modelId", modelId)
        .object(
            "usage",
            usage ->
                usage
                    .field("unit", "TOKENS")
                    .field("input", input)
                    .field("output", output)
                    .field("total", total));
  }

  static @Nullable BigDecimal price(@Nullable Model model, String usageType) {
    return model == null ? null : model.price(usageType);
  }

  static @Nullable Duration between(Instant start, @Nullable Instant end) {
    return end == null ? null : Duration.between(start, end);
  }

  static long units(Map<String, Long> usage, String part) {
    return usage.entrySet().stream()
        .filter(entry -> entry.getKey().contains(part))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Null if nothing was priced at all. */
  static @Nullable BigDecimal cost(Map<String, BigDecimal> costs, String part) {
    if (costs.isEmpty()) {
      return null;
    }
    return costs.entrySet().stream()
        .filter(entry -> entry.getKey().contains(part))
        .map(Map.Entry::getValue)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
