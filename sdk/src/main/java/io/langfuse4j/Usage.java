package io.langfuse4j;

import io.langfuse4j.internal.json.FieldMap;
import java.util.Map;

/**
 * Tokens (or other units) of one model call, in buckets that do not overlap: cached tokens are not
 * counted in {@code input} too, reasoning tokens not in {@code output}. The server adds them up for
 * the total unless one is given.
 *
 * <p>Received by a lambda; not thread-safe.
 */
public final class Usage {

  private final Map<String, Long> details = new FieldMap<>();

  Usage() {}

  /** Units of the prompt. */
  public Usage input(long units) {
    return put("input", units);
  }

  /** Units of the answer. */
  public Usage output(long units) {
    return put("output", units);
  }

  /** All units, where the provider counts differently from the sum of the buckets. */
  public Usage total(long units) {
    return put("total", units);
  }

  /** Prompt tokens that came from the provider's cache. */
  public Usage cachedInput(long units) {
    return put("input_cached_tokens", units);
  }

  /** Tokens the model spent on reasoning. */
  public Usage reasoningOutput(long units) {
    return put("output_reasoning_tokens", units);
  }

  /** Any other bucket, under the name that its price has. */
  public Usage put(String name, long units) {
    details.put(name, units);
    return this;
  }

  Map<String, Long> details() {
    return details;
  }
}
