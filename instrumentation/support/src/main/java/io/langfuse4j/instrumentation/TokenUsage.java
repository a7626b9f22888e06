package io.langfuse4j.instrumentation;

import io.langfuse4j.internal.json.FieldMap;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Usage as providers report it, turned into buckets that do not overlap. OpenAI's prompt tokens
 * include the cached ones, its completion tokens the reasoning ones; Langfuse adds buckets up and
 * prices each by itself, so that whatever has a bucket of its own is taken out of {@code input} or
 * {@code output}.
 *
 * <p>Reads the shapes of chat completions ({@code prompt_tokens}) and of responses, images and
 * audio ({@code input_tokens}), with their {@code _details}.
 */
public final class TokenUsage {

  private TokenUsage() {}

  /**
   * The buckets: {@code input}, {@code output}, {@code total}, and details such as {@code
   * input_cached_tokens} or {@code output_reasoning_tokens} where they are not zero. Empty if
   * nothing was reported.
   */
  public static Map<String, Long> buckets(Map<?, ?> reported) {
    Map<String, Long> buckets = new FieldMap<>();
    side(
        buckets,
        "input",
        first(reported, "prompt_tokens", "input_tokens"),
        details(reported, "prompt_tokens_details", "input_tokens_details", "input_token_details"));
    side(
        buckets,
        "output",
        first(reported, "completion_tokens", "output_tokens"),
        details(
            reported,
            "completion_tokens_details",
            "output_tokens_details",
            "output_token_details"));
    Long total = count(reported.get("total_tokens"));
    if (total != null) {
      buckets.put("total", total);
    }
    if (reported.get("seconds") instanceof Number seconds) {
      buckets.put("input_seconds", (long) Math.ceil(seconds.doubleValue()));
    }
    return buckets;
  }

  /** The cost in US dollars that some gateways report; null if there is none. */
  public static @Nullable BigDecimal cost(Map<?, ?> reported) {
    return reported.get("cost") instanceof Number cost ? new BigDecimal(cost.toString()) : null;
  }

  private static void side(
      Map<String, Long> buckets, String side, @Nullable Long all, @Nullable Map<?, ?> details) {
    if (all == null) {
      return;
    }
    long rest = all;
    buckets.put(side, Math.max(0, all));
    if (details != null) {
      for (Map.Entry<?, ?> detail : details.entrySet()) {
        rest -= part(buckets, side, String.valueOf(detail.getKey()), count(detail.getValue()));
      }
    }
    if (rest != all) {
      // Stays before its details.
      buckets.put(side, Math.max(0, rest));
    }
  }

  /** Text is what is left when the rest has a name; it is priced as input or output. */
  private static long part(
      Map<String, Long> buckets, String side, String key, @Nullable Long count) {
    if (count == null || count <= 0 || key.equals("text_tokens")) {
      return 0;
    }
    buckets.put(side + "_" + key, count);
    return count;
  }

  private static @Nullable Long first(Map<?, ?> reported, String... keys) {
    for (String key : keys) {
      Long count = count(reported.get(key));
      if (count != null) {
        return count;
      }
    }
    return null;
  }

  private static @Nullable Map<?, ?> details(Map<?, ?> reported, String... keys) {
    for (String key : keys) {
      if (reported.get(key) instanceof Map<?, ?> details) {
        return details;
      }
    }
    return null;
  }

  private static @Nullable Long count(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : null;
  }
}
