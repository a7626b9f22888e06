package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.langfuse4j.server.otlp.Attributes;
import io.langfuse4j.server.otlp.Json;
import org.jspecify.annotations.Nullable;

/** Messages and tool calls by OpenTelemetry's own GenAI conventions. */
final class GenAiMessages {
  private GenAiMessages() {}

  static @Nullable InputOutput find(ContentSource source) {
    Attributes attributes = source.attributes();
    InputOutput messages =
        InputOutput.of(
            withSystem(attributes.get("gen_ai.input.messages"), attributes),
            attributes.get("gen_ai.output.messages"));
    if (!messages.isFalsy()) {
      return messages;
    }
    InputOutput tool =
        InputOutput.of(
            attributes.get("gen_ai.tool.call.arguments"),
            attributes.get("gen_ai.tool.call.result"));
    return tool.isFalsy() ? null : tool;
  }

  /** System instructions travel in an attribute of their own; readers expect them first. */
  static @Nullable JsonNode withSystem(@Nullable JsonNode input, Attributes attributes) {
    JsonNode instructions = attributes.get("gen_ai.system_instructions");
    JsonNode messages = Json.resolve(input);
    if (instructions == null
        || !Json.isTruthy(instructions)
        || messages == null
        || !messages.isArray()
        || hasSystemRole(messages)) {
      return input;
    }
    ArrayNode all = JsonNodeFactory.instance.arrayNode(messages.size() + 1);
    all.addObject().put("role", "system").put("content", instructionText(instructions));
    messages.forEach(all::add);
    return all;
  }

  private static boolean hasSystemRole(JsonNode messages) {
    for (JsonNode message : messages) {
      if ("system".equals(message.path("role").textValue())) {
        return true;
      }
    }
    return false;
  }

  private static String instructionText(JsonNode instructions) {
    JsonNode list = Json.resolve(instructions);
    if (list == null || !list.isArray()) {
      return Json.text(list != null && list.isTextual() ? list : instructions);
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : list) {
      text.append(text.isEmpty() ? "" : "\n").append(partText(part));
    }
    return text.toString();
  }

  private static String partText(JsonNode part) {
    if (part.hasNonNull("content")) {
      return Json.text(part.get("content"));
    }
    return Json.text(part.hasNonNull("text") ? part.get("text") : part);
  }
}
