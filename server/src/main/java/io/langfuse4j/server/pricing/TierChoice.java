package io.langfuse4j.server.pricing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.pricing.Model.Condition;
import io.langfuse4j.server.pricing.Model.Source;
import io.langfuse4j.server.pricing.Model.Tier;
import io.langfuse4j.server.store.LenientJson;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which of a model's tiers an observation is charged by. */
final class TierChoice {
  private static final ObjectMapper MAPPER = LenientJson.mapper();

  private final Observation observation;
  private final Map<String, Long> usage;

  private TierChoice(Observation observation, Map<String, Long> usage) {
    this.observation = observation;
    this.usage = usage;
  }

  /** The first conditional tier whose conditions all hold, else the default; null without usage. */
  static @Nullable Tier of(Model model, Observation observation, Map<String, Long> usage) {
    if (usage.isEmpty()) {
      return null;
    }
    TierChoice choice = new TierChoice(observation, usage);
    return model.tiers().stream()
        .filter(tier -> !tier.isDefault() && choice.holds(tier.conditions()))
        .min(Comparator.comparingInt(Tier::priority))
        .orElseGet(() -> model.tiers().stream().filter(Tier::isDefault).findFirst().orElse(null));
  }

  private boolean holds(List<Condition> conditions) {
    return !conditions.isEmpty() && conditions.stream().allMatch(this::holds);
  }

  private boolean holds(Condition condition) {
    if (condition instanceof Condition.Usage usageCondition) {
      return holds(usageCondition);
    }
    return holds((Condition.Attribute) condition);
  }

  private boolean holds(Condition.Usage condition) {
    SafePattern pattern = SafePattern.of(condition.pattern(), condition.caseSensitive());
    if (pattern == null) {
      return false;
    }
    BigDecimal sum =
        usage.entrySet().stream()
            .filter(entry -> pattern.isFoundIn(entry.getKey()))
            .map(entry -> BigDecimal.valueOf(entry.getValue()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return condition.comparison().holds(sum, condition.value());
  }

  private boolean holds(Condition.Attribute condition) {
    String json =
        condition.source() == Source.METADATA
            ? observation.content().metadata()
            : observation.modelCall().modelParameters();
    // Most observations do not even hold the key's name.
    if (!json.contains(condition.key())) {
      return false;
    }
    JsonNode value = read(json).path(condition.key());
    return value.isValueNode() && condition.values().contains(value.asText());
  }

  private static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
