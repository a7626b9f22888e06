package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.otlp.Attributes;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpSpan;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Token counts, by whichever convention the span follows. */
final class UsageRules {
  private UsageRules() {}

  static Map<String, Long> usageOf(OtlpSpan span) {
    if (FieldSources.isSummary(span)) {
      return Map.of();
    }
    return UsageSchema.normalise(raw(span));
  }

  private static JsonNode raw(OtlpSpan span) {
    JsonNode given = given(span.attributes().get("langfuse.observation.usage_details"));
    if (given != null) {
      return given;
    }
    String scope = span.scope().name() == null ? "" : span.scope().name();
    return switch (scope) {
      case Scopes.GENKIT -> genkit(span.attributes());
      case Scopes.VERCEL -> VercelUsage.of(span.attributes());
      case Scopes.GOOGLE_ADK -> googleAdk(span.attributes());
      default -> GenericUsage.of(span.attributes()).toJson();
    };
  }

  /**
   * Null only if there is nothing or nothing readable; anything else that is no object is empty.
   */
  private static @Nullable JsonNode given(@Nullable JsonNode value) {
    if (value == null) {
      return null;
    }
    JsonNode details = Json.resolve(value);
    if (details == null) {
      return null;
    }
    return details.isObject() ? details : JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode genkit(Attributes attributes) {
    JsonNode output = Json.object(attributes.get("genkit:output"));
    UsageCounts counts = new UsageCounts();
    if (output == null) {
      return counts.toJson();
    }
    JsonNode usage = output.path("usage");
    BigDecimal thoughts = Numbers.decimal(usage.get("thoughtsTokens"));
    counts.put("input", Numbers.decimal(usage.get("inputTokens")));
    counts.put("output", Numbers.decimal(usage.get("outputTokens")));
    counts.put("total", Numbers.decimal(usage.get("totalTokens")));
    counts.put("output_reasoning", thoughts);
    counts.subtract("output", "output_reasoning");
    return counts.toJson();
  }

  private static ObjectNode googleAdk(Attributes attributes) {
    UsageCounts counts = GenericUsage.of(attributes);
    JsonNode response = Json.object(attributes.get("gcp.vertex.agent.llm_response"));
    if (response != null && !counts.has("input_cached_tokens")) {
      JsonNode cached = response.path("usage_metadata").get("cached_content_token_count");
      counts.put("input_cached_tokens", Numbers.decimal(cached));
      counts.subtract("input", "input_cached_tokens");
    }
    return counts.toJson();
  }
}
