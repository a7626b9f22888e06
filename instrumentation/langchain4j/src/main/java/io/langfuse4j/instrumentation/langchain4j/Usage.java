package io.langfuse4j.instrumentation.langchain4j;

import dev.langchain4j.model.output.TokenUsage;
import io.langfuse4j.instrumentation.Accessors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Token usage in buckets that do not overlap. OpenAI's input and output include what is cached and
 * reasoned; those of Anthropic and Bedrock do not include the cache.
 */
final class Usage {

  private Usage() {}

  static Map<String, Long> buckets(@Nullable TokenUsage usage) {
    Map<String, Long> buckets = new LinkedHashMap<>();
    if (usage == null) {
      return buckets;
    }
    side(
        buckets,
        "input",
        count(usage.inputTokenCount()),
        "cached_tokens",
        count(Accessors.read(Accessors.read(usage, "inputTokensDetails"), "cachedTokens")));
    side(
        buckets,
        "output",
        count(usage.outputTokenCount()),
        "reasoning_tokens",
        count(Accessors.read(Accessors.read(usage, "outputTokensDetails"), "reasoningTokens")));
    long beside =
        beside(buckets, "cache_read_input_tokens", usage, "cacheReadInputTokens")
            + beside(buckets, "cache_creation_input_tokens", usage, "cacheCreationInputTokens")
            + beside(buckets, "cache_creation_input_tokens", usage, "cacheWriteInputTokens");
    Long total = count(usage.totalTokenCount());
    if (total != null) {
      buckets.put("total", total + beside);
    }
    return buckets;
  }

  private static void side(
      Map<String, Long> buckets,
      String side,
      @Nullable Long all,
      String partName,
      @Nullable Long part) {
    if (all == null) {
      return;
    }
    long named = part == null ? 0 : part;
    buckets.put(side, Math.max(0, all - named));
    if (named > 0) {
      buckets.put(side + "_" + partName, named);
    }
  }

  private static long beside(
      Map<String, Long> buckets, String bucket, TokenUsage usage, String accessor) {
    Long count = count(Accessors.read(usage, accessor));
    if (count == null || count <= 0) {
      return 0;
    }
    buckets.put(bucket, count);
    return count;
  }

  private static @Nullable Long count(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : null;
  }
}
