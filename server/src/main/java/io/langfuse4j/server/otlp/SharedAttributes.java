package io.langfuse4j.server.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Attributes that every span of a group inherits and stores again. Sent once but kept once per
 * span, a large block would multiply: ten megabytes times a hundred thousand spans. Past a total
 * that no honest exporter comes near, only the first span of the group keeps the whole block.
 */
final class SharedAttributes {
  private static final long MAX_TOTAL_CHARS = 64L << 20;
  private static final int ABRIDGED_ENTRIES = 64;
  private static final int ABRIDGED_CHARS = 256;

  private final Attributes whole;
  private final Attributes others;
  private boolean first = true;

  SharedAttributes(Attributes whole, int spanCount) {
    this.whole = whole;
    this.others = spanCount > 1 && isTooLarge(whole, spanCount) ? abridge(whole) : whole;
  }

  Attributes next() {
    Attributes result = first ? whole : others;
    first = false;
    return result;
  }

  private static boolean isTooLarge(Attributes attributes, int spanCount) {
    long chars = 0;
    for (Map.Entry<String, JsonNode> entry : attributes.entries()) {
      chars += entry.getKey().length() + Json.text(entry.getValue()).length();
    }
    return chars > MAX_TOTAL_CHARS / spanCount;
  }

  private static Attributes abridge(Attributes attributes) {
    Map<String, JsonNode> kept = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : attributes.entries()) {
      if (kept.size() == ABRIDGED_ENTRIES) {
        break;
      }
      if (entry.getKey().length() <= ABRIDGED_CHARS) {
        kept.put(entry.getKey(), abridge(entry.getValue()));
      }
    }
    return Attributes.of(kept);
  }

  private static JsonNode abridge(JsonNode value) {
    String text = Json.text(value);
    return text.length() <= ABRIDGED_CHARS
        ? value
        : TextNode.valueOf(Json.wellFormed(text.substring(0, ABRIDGED_CHARS)) + "…");
  }
}
