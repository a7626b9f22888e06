package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.otlp.Attributes;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpSpan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a span, once per reader: observation and trace as the older API returns them, and
 * the row as the newer one flattens it. They differ in what is merged over what. Strings stay as
 * they were sent; the older API parses them when it reads.
 */
final class Metadata {
  private Metadata() {}

  static ObjectNode observation(OtlpSpan span) {
    ObjectNode merged = own(span.resource(), Domain.TRACE);
    merged.setAll(own(span.attributes(), Domain.OBSERVATION));
    addAttributes(span, merged);
    return addOrigin(span, merged);
  }

  static ObjectNode rootTrace(OtlpSpan span) {
    ObjectNode merged = own(span.resource(), Domain.TRACE);
    merged.setAll(own(span.attributes(), Domain.TRACE));
    merged.setAll(own(span.attributes(), Domain.OBSERVATION));
    addAttributes(span, merged);
    return addOrigin(span, merged);
  }

  static ObjectNode traceUpdate(OtlpSpan span) {
    ObjectNode merged = own(span.resource(), Domain.TRACE);
    merged.setAll(own(span.attributes(), Domain.TRACE));
    return addOrigin(span, merged);
  }

  /** Here the sender's own keys win over ours. */
  static ObjectNode row(OtlpSpan span) {
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    addAttributes(span, merged);
    addOrigin(span, merged);
    merged.setAll(own(span.attributes(), Domain.OBSERVATION));
    merged.setAll(own(span.attributes(), Domain.TRACE));
    return merged;
  }

  private static ObjectNode own(Attributes attributes, Domain domain) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    spread(attributes, domain, result);
    List<String> prefixes =
        List.of(domain.key("metadata."), "langfuse.metadata.", "ai.telemetry.metadata.");
    for (Map.Entry<String, JsonNode> attribute : attributes.entries()) {
      String key = attribute.getKey();
      for (String prefix : prefixes) {
        if (key.startsWith(prefix)
            && key.length() > prefix.length()
            && !MetadataKeys.VERCEL_FIELDS.contains(key)) {
          result.set(key.substring(prefix.length()), attribute.getValue());
        }
      }
    }
    return result;
  }

  private static void spread(Attributes attributes, Domain domain, ObjectNode target) {
    String key = domain.key("metadata");
    JsonNode value =
        attributes.isTruthy(key) ? attributes.get(key) : attributes.get("langfuse.metadata");
    if (value == null) {
      return;
    }
    JsonNode parsed = value.isTextual() ? Json.parseContainer(value.textValue()) : value;
    if (parsed instanceof ObjectNode object) {
      target.setAll(object);
    } else if (parsed != null && parsed.isArray()) {
      for (int i = 0; i < parsed.size(); i++) {
        target.set(Integer.toString(i), parsed.get(i));
      }
    } else if (Json.isTruthy(value)) {
      target.set("metadata", value);
    }
  }

  private static void addAttributes(OtlpSpan span, ObjectNode target) {
    if (Scopes.isLangfuseSdk(span)) {
      return;
    }
    ObjectNode attributes = target.putObject("attributes");
    for (Map.Entry<String, JsonNode> attribute : span.attributes().entries()) {
      if (!MetadataKeys.hasOwnPlace(attribute.getKey())) {
        attributes.put(attribute.getKey(), Json.text(attribute.getValue()));
      }
    }
  }

  private static ObjectNode addOrigin(OtlpSpan span, ObjectNode target) {
    target.set("resourceAttributes", copy(span.resource()));
    ObjectNode scope = target.putObject("scope");
    putIfPresent(scope, "name", span.scope().name());
    putIfPresent(scope, "version", span.scope().version());
    scope.set("attributes", copy(span.scope().attributes()));
    return target;
  }

  private static ObjectNode copy(Attributes attributes) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    attributes.entries().forEach(entry -> copy.set(entry.getKey(), entry.getValue()));
    return copy;
  }

  private static void putIfPresent(ObjectNode target, String key, @Nullable String value) {
    if (value != null) {
      target.put(key, value);
    }
  }
}
