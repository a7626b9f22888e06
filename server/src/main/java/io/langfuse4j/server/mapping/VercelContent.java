package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.otlp.Attributes;
import io.langfuse4j.server.otlp.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Input and output of the Vercel AI SDK, which has a key for every shape of answer. */
final class VercelContent {
  private static final List<String> INPUTS =
      List.of("ai.prompt.messages", "ai.prompt", "ai.toolCall.args");

  private static final List<String> OUTPUTS =
      List.of(
          "ai.result.text",
          "ai.toolCall.result",
          "ai.response.object",
          "ai.result.object",
          "ai.response.toolCalls",
          "ai.result.toolCalls");

  private VercelContent() {}

  static InputOutput find(ContentSource source) {
    InputOutput own = InputOutput.of(source.first(INPUTS), output(source));
    InputOutput generic = GenAiMessages.find(source);
    return generic == null ? own : own.orElse(generic);
  }

  private static @Nullable JsonNode output(ContentSource source) {
    Attributes attributes = source.attributes();
    JsonNode text = attributes.get("ai.response.text");
    JsonNode toolCalls = attributes.get("ai.response.toolCalls");
    if (text != null && toolCalls != null) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("role", "assistant")
          .<ObjectNode>set("content", text)
          .set("tool_calls", toolCalls);
    }
    return Json.isTruthy(text) ? text : source.first(OUTPUTS);
  }
}
