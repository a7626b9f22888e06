package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.langfuse4j.server.otlp.Attributes;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What the model was asked with: temperature, limits and the like. */
final class ModelParameters {
  private static final List<String> PREFIXES =
      List.of("gen_ai.request.", "llm.invocation_parameters.");

  /** Parameters of a Vercel span, always all of them, by the keys that may hold them. */
  private static final Map<String, List<String>> VERCEL = vercel();

  private ModelParameters() {}

  static String of(OtlpSpan span) {
    JsonNode given = Json.object(span.attributes().get("langfuse.observation.model.parameters"));
    return Json.text(of(span, given));
  }

  private static ObjectNode of(OtlpSpan span, @Nullable JsonNode given) {
    String scope = span.scope().name();
    if (Scopes.VERCEL.equals(scope)) {
      return vercel(span.attributes(), given);
    }
    if (given != null) {
      return plain(given);
    }
    JsonNode genkit = Scopes.GENKIT.equals(scope) ? genkit(span.attributes()) : null;
    return plain(genkit != null ? genkit : generic(span.attributes()));
  }

  private static @Nullable JsonNode genkit(Attributes attributes) {
    JsonNode input = Json.object(attributes.get("genkit:input"));
    if (input != null && input.path("config").isObject()) {
      return input.get("config");
    }
    JsonNode output = Json.object(attributes.get("genkit:output"));
    JsonNode config = output == null ? null : output.path("request").get("config");
    return config != null && config.isObject() ? config : null;
  }

  private static ObjectNode vercel(Attributes attributes, @Nullable JsonNode given) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    VERCEL.forEach((name, keys) -> parameters.put(name, firstText(attributes, keys)));
    JsonNode tier = ProviderMetadata.of(attributes).path("openai").path("serviceTier");
    if (Json.isTruthy(tier)) {
      parameters.put("service_tier", Json.text(tier));
    }
    if (given != null) {
      parameters.setAll(plain(given));
    }
    return parameters;
  }

  private static @Nullable String firstText(Attributes attributes, List<String> keys) {
    for (String key : keys) {
      JsonNode value = attributes.get(key);
      if (value != null) {
        return value.isArray() ? joined(value) : Json.text(value);
      }
    }
    return null;
  }

  /** A list as JavaScript turns it into text. */
  private static String joined(JsonNode list) {
    StringJoiner text = new StringJoiner(",");
    list.forEach(item -> text.add(item.isNull() ? "" : Json.text(item)));
    return text.toString();
  }

  private static JsonNode generic(Attributes attributes) {
    for (String key : List.of("llm.invocation_parameters", "model_config")) {
      JsonNode object = Json.object(attributes.get(key));
      if (object != null) {
        return object;
      }
    }
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    for (String prefix : PREFIXES) {
      for (Map.Entry<String, JsonNode> attribute : attributes.entries()) {
        if (attribute.getKey().startsWith(prefix) && !attribute.getValue().isNull()) {
          parameters.set(attribute.getKey().substring(prefix.length()), attribute.getValue());
        }
      }
    }
    return parameters.without("model");
  }

  /** Strings and numbers stay, everything else becomes JSON text. */
  private static ObjectNode plain(JsonNode parameters) {
    ObjectNode plain = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> entry : parameters.properties()) {
      JsonNode value = entry.getValue();
      boolean stays = value.isTextual() || value.isNumber();
      plain.set(entry.getKey(), stays ? value : TextNode.valueOf(Json.text(value)));
    }
    return plain;
  }

  private static Map<String, List<String>> vercel() {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    keys.put("maxSteps", List.of("ai.settings.maxSteps"));
    keys.put("toolChoice", List.of("ai.prompt.toolChoice"));
    keys.put("maxTokens", List.of("gen_ai.request.max_tokens"));
    keys.put("finishReason", List.of("gen_ai.response.finish_reasons", "gen_ai.finishReason"));
    keys.put("system", List.of("gen_ai.system", "ai.model.provider"));
    keys.put("maxRetries", List.of("ai.settings.maxRetries"));
    keys.put("mode", List.of("ai.settings.mode"));
    keys.put("temperature", List.of("gen_ai.request.temperature"));
    keys.put("service_tier", List.of("gen_ai.request.service_tier"));
    return keys;
  }
}
