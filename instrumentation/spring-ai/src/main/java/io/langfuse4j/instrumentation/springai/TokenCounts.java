package io.langfuse4j.instrumentation.springai;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.langfuse4j.instrumentation.TokenUsage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.metadata.Usage;

/**
 * Token usage in buckets that do not overlap. The provider's own object knows the details; where it
 * cannot be read, Spring AI's totals have to do.
 */
final class TokenCounts {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private TokenCounts() {}

  static Map<String, Long> of(@Nullable Usage usage) {
    if (usage == null || usage instanceof EmptyUsage || usage.getTotalTokens() == 0) {
      return Map.of();
    }
    Map<String, Object> reported = reported(usage.getNativeUsage());
    Map<String, Long> buckets = TokenUsage.buckets(reported);
    if (!buckets.containsKey("input")) {
      buckets = totals(usage);
    }
    long beside =
        beside(buckets, reported, "cache_read_input_tokens")
            + beside(buckets, reported, "cache_creation_input_tokens");
    Long total = buckets.get("total");
    if (total != null && beside > 0) {
      buckets.put(
          "total", buckets.getOrDefault("input", 0L) + buckets.getOrDefault("output", 0L) + beside);
    }
    return buckets;
  }

  private static Map<String, Long> totals(Usage usage) {
    Map<String, Long> buckets = new LinkedHashMap<>();
    buckets.put("input", (long) usage.getPromptTokens());
    buckets.put("output", (long) usage.getCompletionTokens());
    buckets.put("total", (long) usage.getTotalTokens());
    return buckets;
  }

  /** Anthropic's counts of what was read from and written to the cache are not in its input. */
  private static long beside(
      Map<String, Long> buckets, Map<String, Object> reported, String bucket) {
    if (reported.get(bucket) instanceof Number count && count.longValue() > 0) {
      buckets.put(bucket, count.longValue());
      return count.longValue();
    }
    return 0;
  }

  private static Map<String, Object> reported(@Nullable Object provider) {
    try {
      return provider == null ? Map.of() : JSON.convertValue(provider, MAP);
    } catch (IllegalArgumentException | LinkageError notReadable) {
      return Map.of();
    }
  }

  /** {@code usage} without {@code before}, if it includes that. */
  static Usage difference(Usage usage, Usage before) {
    boolean includes =
        usage.getNativeUsage() == null || usage.getNativeUsage() instanceof Map<?, ?>;
    if (!includes || usage.getPromptTokens() <= before.getPromptTokens()) {
      return usage;
    }
    return new DefaultUsage(
        usage.getPromptTokens() - before.getPromptTokens(),
        Math.max(0, usage.getCompletionTokens() - before.getCompletionTokens()),
        Math.max(0, usage.getTotalTokens() - before.getTotalTokens()));
  }
}
