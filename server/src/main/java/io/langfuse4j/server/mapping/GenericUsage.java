package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.otlp.Attributes;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code gen_ai.usage.*} and {@code llm.token_count.*} in all their dialects. */
final class GenericUsage {
  private static final List<String> PREFIXES = List.of("gen_ai.usage.", "llm.token_count.");
  private static final String DETAILS = "details.";

  private static final Map<String, List<String>> SOURCES = sources();

  private GenericUsage() {}

  static UsageCounts of(Attributes attributes) {
    Map<String, BigDecimal> raw = raw(attributes);
    UsageCounts counts = new UsageCounts();
    Set<String> used = new HashSet<>();
    SOURCES.forEach(
        (key, sources) -> {
          sources.stream()
              .filter(raw::containsKey)
              .findFirst()
              .map(raw::get)
              .ifPresent(count -> counts.put(key, count));
          used.addAll(sources);
        });
    counts.subtract("input", "input_cached_tokens", "input_cache_creation");
    counts.subtract("output", "output_reasoning_tokens", "output_audio_tokens");
    // Only now: a count that is not known by one of these names is no part of another.
    raw.forEach(
        (key, count) -> {
          if (!used.contains(key)) {
            counts.putIfAbsent(
                key.startsWith(DETAILS) ? key.substring(DETAILS.length()) : key, count);
          }
        });
    return counts;
  }

  private static Map<String, BigDecimal> raw(Attributes attributes) {
    Map<String, BigDecimal> raw = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> attribute : attributes.entries()) {
      for (String prefix : PREFIXES) {
        if (!attribute.getKey().startsWith(prefix)) {
          continue;
        }
        String key = attribute.getKey().substring(prefix.length());
        BigDecimal count = Numbers.decimal(attribute.getValue());
        if (count != null && !key.equals("cost")) {
          raw.put(key, count);
        }
      }
    }
    return raw;
  }

  private static Map<String, List<String>> sources() {
    Map<String, List<String>> sources = new LinkedHashMap<>();
    sources.put("input", List.of("prompt_tokens", "input_tokens", "prompt"));
    sources.put("output", List.of("completion_tokens", "output_tokens", "completion"));
    sources.put("total", List.of("total_tokens", "total"));
    sources.put(
        "input_cached_tokens",
        List.of(
            "cache_read.input_tokens",
            "cache_read_input_tokens",
            "cache_read_tokens",
            "details.cache_read_tokens",
            "details.cache_read_input_tokens",
            "prompt_details.cache_read",
            "input_cached_tokens"));
    sources.put(
        "input_cache_creation",
        List.of(
            "cache_creation.input_tokens",
            "cache_creation_input_tokens",
            "cache_write_tokens",
            "details.cache_write_tokens",
            "details.cache_creation_input_tokens",
            "prompt_details.cache_write",
            "input_cache_creation"));
    sources.put(
        "output_reasoning_tokens",
        List.of("reasoning.output_tokens", "completion_details.reasoning"));
    sources.put("output_audio_tokens", List.of("completion_details.audio"));
    return sources;
  }
}
