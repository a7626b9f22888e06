package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.langfuse4j.server.otlp.Attributes;
import io.langfuse4j.server.otlp.Json;

/** What the Vercel AI SDK passes on from the provider as one JSON document. */
final class ProviderMetadata {
  private ProviderMetadata() {}

  /** The document, or a missing node. */
  static JsonNode of(Attributes attributes) {
    JsonNode metadata = Json.object(attributes.get("ai.response.providerMetadata"));
    return metadata == null ? MissingNode.getInstance() : metadata;
  }

  /** Whether there is something that is no document. */
  static boolean isUnreadable(Attributes attributes) {
    JsonNode given = attributes.get("ai.response.providerMetadata");
    JsonNode document = Json.resolve(given);
    return Json.isTruthy(given) && (document == null || !document.isContainerNode());
  }
}
