package io.langfuse4j.instrumentation.springai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/** The tools that a chat offers to the model. */
final class Tools {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Tools() {}

  static List<Map<String, Object>> of(@Nullable ChatOptions options) {
    List<ToolCallback> callbacks =
        options instanceof ToolCallingChatOptions tools ? tools.getToolCallbacks() : null;
    return callbacks == null
        ? List.of()
        : callbacks.stream().map(callback -> tool(callback.getToolDefinition())).toList();
  }

  private static Map<String, Object> tool(ToolDefinition definition) {
    Map<String, Object> function = new LinkedHashMap<>();
    function.put("name", definition.name());
    function.put("description", definition.description());
    function.put("parameters", schema(definition.inputSchema()));
    return Map.of("type", "function", "function", function);
  }

  private static Object schema(String json) {
    try {
      return JSON.readValue(json, Object.class);
    } catch (JsonProcessingException e) {
      return json;
    }
  }
}
