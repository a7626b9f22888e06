package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpSpan;
import org.jspecify.annotations.Nullable;

/** Usage and cost as Langfuse's SDKs send them: one attribute that holds a JSON object. */
final class GivenDetails {
  private GivenDetails() {}

  /**
   * Null only if there is nothing or nothing readable, and then other sources are asked; anything
   * else that is no object is empty and final.
   */
  static @Nullable JsonNode of(OtlpSpan span, String key) {
    JsonNode value = span.attributes().get(key);
    JsonNode details = Json.isTruthy(value) ? Json.resolve(value) : null;
    if (details == null) {
      return null;
    }
    return details.isObject() ? details : JsonNodeFactory.instance.objectNode();
  }
}
