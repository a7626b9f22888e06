package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.otlp.Attributes;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpSpan;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Token counts, by whichever convention the span follows. */
final class UsageRules {
  private static final Map<String, String> GENKIT = genkit();

  private UsageRules() {}

  static Map<String, Long> usageOf(OtlpSpan span) {
    if (FieldSources.isSummary(span)) {
      return Map.of();
    }
    return UsageSchema.normalise(raw(span));
  }

  private static JsonNode raw(OtlpSpan span) {
    JsonNode given = GivenDetails.of(span, "langfuse.observation.usage_details");
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

  private static ObjectNode genkit(Attributes attributes) {
    JsonNode output = Json.object(attributes.get("genkit:output"));
    JsonNode usage = output == null ? null : output.get("usage");
    if (usage == null || !Json.isTruthy(usage)) {
      return GenericUsage.of(attributes).toJson();
    }
    UsageCounts counts = new UsageCounts();
    GENKIT.forEach((source, key) -> counts.put(key, nonZero(usage.get(source))));
    counts.subtract("output", "output_reasoning");
    return counts.toJson();
  }

  private static ObjectNode googleAdk(Attributes attributes) {
    UsageCounts counts = GenericUsage.of(attributes);
    JsonNode response = Json.object(attributes.get("gcp.vertex.agent.llm_response"));
    if (response != null && !counts.has("input_cached_tokens")) {
      JsonNode cached = response.path("usage_metadata").path("cached_content_token_count");
      if (cached.isNumber() && cached.doubleValue() > 0) {
        counts.put("input_cached_tokens", Numbers.decimal(cached));
        counts.subtract("input", "input_cached_tokens");
      }
    }
    return counts.toJson();
  }

  private static @Nullable BigDecimal nonZero(@Nullable JsonNode count) {
    return Json.isTruthy(count) ? Numbers.decimal(count) : null;
  }

  private static Map<String, String> genkit() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("inputTokens", "input");
    keys.put("outputTokens", "output");
    keys.put("totalTokens", "total");
    keys.put("thoughtsTokens", "output_reasoning");
    return keys;
  }
}
