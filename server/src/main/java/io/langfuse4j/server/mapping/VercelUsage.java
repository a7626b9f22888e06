package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.otlp.Attributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Token counts of the Vercel AI SDK: its own attributes, gaps filled from the provider's. */
final class VercelUsage {
  private static final Map<String, List<String>> SOURCES = sources();

  /** By JSON pointer into the provider's metadata. */
  private static final Map<String, String> PROVIDER_SOURCES = providerSources();

  private static final String[] INPUT_PARTS = {
    "input_cached_tokens",
    "input_cache_creation",
    "input_cache_creation_5m",
    "input_cache_creation_1h",
    "input_cache_read",
    "input_cache_write"
  };

  private VercelUsage() {}

  static ObjectNode of(Attributes attributes) {
    UsageCounts counts = new UsageCounts();
    SOURCES.forEach(
        (key, sources) ->
            sources.forEach(
                source -> counts.putIfAbsent(key, Numbers.decimal(attributes.get(source)))));
    JsonNode metadata = ProviderMetadata.of(attributes);
    PROVIDER_SOURCES.forEach(
        (pointer, key) -> counts.putIfAbsent(key, Numbers.decimal(metadata.at(pointer))));
    counts.subtract("input_cache_creation", "input_cache_creation_5m", "input_cache_creation_1h");
    counts.subtract("input", INPUT_PARTS);
    counts.subtract("output", "output_reasoning_tokens");
    return counts.toJson();
  }

  private static Map<String, List<String>> sources() {
    Map<String, List<String>> sources = new LinkedHashMap<>();
    sources.put("input", List.of("gen_ai.usage.prompt_tokens", "gen_ai.usage.input_tokens"));
    sources.put("output", List.of("gen_ai.usage.completion_tokens", "gen_ai.usage.output_tokens"));
    sources.put("total", List.of("ai.usage.tokens"));
    sources.put("input_cached_tokens", List.of("ai.usage.cachedInputTokens"));
    sources.put("output_reasoning_tokens", List.of("ai.usage.reasoningTokens"));
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
