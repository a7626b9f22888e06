package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.otlp.Attributes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Token counts of the Vercel AI SDK: its own attributes, gaps filled from the provider's. */
final class VercelUsage {
  private static final Map<String, List<String>> OWN_COUNTS = ownCounts();

  private static final Map<String, String> OWN_DETAILS =
      Map.of(
          "input_cached_tokens", "ai.usage.cachedInputTokens",
          "output_reasoning_tokens", "ai.usage.reasoningTokens");

  /** By JSON pointer into the provider's metadata. */
  private static final Map<String, String> PROVIDER_SOURCES = providerSources();

  /** What is taken out of the input count; Bedrock's cache writes are not. */
  private static final String[] INPUT_PARTS = {
    "input_cached_tokens",
    "input_cache_creation",
    "input_cache_creation_5m",
    "input_cache_creation_1h",
    "input_cache_read"
  };

  private VercelUsage() {}

  static ObjectNode of(Attributes attributes) {
    if (ProviderMetadata.isUnreadable(attributes)) {
      return GenericUsage.of(attributes).toJson();
    }
    UsageCounts counts = new UsageCounts();
    OWN_COUNTS.forEach((key, sources) -> counts.put(key, whole(first(attributes, sources))));
    OWN_DETAILS.forEach((key, source) -> counts.put(key, Numbers.decimal(attributes.get(source))));
    JsonNode metadata = ProviderMetadata.of(attributes);
    PROVIDER_SOURCES.forEach(
        (pointer, key) -> counts.putIfAbsent(key, Numbers.decimal(metadata.at(pointer))));
    if (metadata.at("/anthropic/usage/cache_creation").isObject()) {
      counts.putIfAbsent("input_cache_creation", BigDecimal.ZERO);
      counts.subtract("input_cache_creation", "input_cache_creation_5m", "input_cache_creation_1h");
    }
    // Both are always there, also on spans that call no model.
    counts.putIfAbsent("input", BigDecimal.ZERO);
    counts.putIfAbsent("output", BigDecimal.ZERO);
    counts.subtract("input", INPUT_PARTS);
    counts.subtract("output", "output_reasoning_tokens");
    return counts.toJson();
  }

  private static @Nullable JsonNode first(Attributes attributes, List<String> keys) {
    for (String key : keys) {
      if (attributes.has(key)) {
        return attributes.get(key);
      }
    }
    return null;
  }

  private static @Nullable BigDecimal whole(@Nullable JsonNode count) {
    BigDecimal number = Numbers.decimal(count);
    return number == null ? null : number.setScale(0, RoundingMode.DOWN);
  }

  private static Map<String, List<String>> ownCounts() {
    Map<String, List<String>> sources = new LinkedHashMap<>();
    sources.put("input", List.of("gen_ai.usage.prompt_tokens", "gen_ai.usage.input_tokens"));
    sources.put("output", List.of("gen_ai.usage.completion_tokens", "gen_ai.usage.output_tokens"));
    sources.put("total", List.of("ai.usage.tokens"));
    return sources;
  }

  private static Map<String, String> providerSources() {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("/openai/cachedPromptTokens", "input_cached_tokens");
    sources.put("/openai/acceptedPredictionTokens", "accepted_prediction_tokens");
    sources.put("/openai/rejectedPredictionTokens", "rejected_prediction_tokens");
    sources.put("/openai/reasoningTokens", "output_reasoning_tokens");
    sources.put("/anthropic/usage/cache_creation_input_tokens", "input_cache_creation");
    sources.put("/anthropic/usage/cache_read_input_tokens", "input_cached_tokens");
    sources.put(
        "/anthropic/usage/cache_creation/ephemeral_5m_input_tokens", "input_cache_creation_5m");
    sources.put(
        "/anthropic/usage/cache_creation/ephemeral_1h_input_tokens", "input_cache_creation_1h");
    sources.put("/bedrock/usage/cacheReadInputTokens", "input_cache_read");
    sources.put("/bedrock/usage/cacheWriteInputTokens", "input_cache_write");
    sources.put("/bedrock/usage/cacheCreationInputTokens", "input_cache_creation");
    return sources;
  }
}
