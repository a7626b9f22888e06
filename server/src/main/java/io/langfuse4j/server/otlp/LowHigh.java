package io.langfuse4j.server.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A 64-bit number as two halves, which is how JavaScript exporters without BigInt send it. */
final class LowHigh {
  private LowHigh() {}

  static @Nullable Long toLong(JsonNode node) {
    JsonNode low = node.get("low");
    JsonNode high = node.get("high");
    if (low == null || high == null || !low.isNumber() || !high.isNumber()) {
      return null;
    }
    return (high.longValue() << 32) | (low.longValue() & 0xFFFF_FFFFL);
  }
}
