package io.langfuse4j.instrumentation.genai;

import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.ModelResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gemini's counts in buckets that do not overlap: the prompt's include what was cached and what was
 * sound, those of the candidates exclude the thoughts.
 */
final class Usage {

  private Usage() {}

  static void describe(ModelResponse response, Map<String, Object> usage) {
    if (usage.isEmpty()) {
      return;
    }
    long cached = Fields.number(usage.get("cachedContentTokenCount"));
    long audio = audio(usage.get("promptTokensDetails")) - audio(usage.get("cacheTokensDetails"));
    long prompt =
        Fields.number(usage.get("promptTokenCount"))
            + Fields.number(usage.get("toolUsePromptTokenCount"));
    Map<String, Long> buckets = new LinkedHashMap<>();
    buckets.put("input", Math.max(0, prompt - cached - Math.max(0, audio)));
    buckets.put("output", Fields.number(usage.get("candidatesTokenCount")));
    put(buckets, "input_cached_tokens", cached);
    put(buckets, "input_audio_tokens", audio);
    put(buckets, "output_reasoning_tokens", Fields.number(usage.get("thoughtsTokenCount")));
    if (usage.get("totalTokenCount") instanceof Number total) {
      buckets.put("total", total.longValue());
    }
    response.usageBuckets(buckets).parameter("service_tier", usage.get("serviceTier"));
  }

  private static long audio(@Nullable Object details) {
    return Fields.maps(details).stream()
        .filter(detail -> "AUDIO".equals(detail.get("modality")))
        .mapToLong(detail -> Fields.number(detail.get("tokenCount")))
        .sum();
  }

  private static void put(Map<String, Long> buckets, String key, long count) {
    if (count > 0) {
      buckets.put(key, count);
    }
  }
}
