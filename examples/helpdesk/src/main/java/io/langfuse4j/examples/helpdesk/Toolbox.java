package io.langfuse4j.examples.helpdesk;

import static io.langfuse4j.ObservationType.TOOL;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.Langfuse;
import io.langfuse4j.Level;
import io.langfuse4j.examples.helpdesk.chat.ToolCall;
import io.langfuse4j.examples.helpdesk.chat.ToolDefinition;
import io.langfuse4j.examples.helpdesk.shop.Tool;
import io.langfuse4j.examples.helpdesk.shop.ToolUnavailableException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the tools that the model asks for, a second time if the first attempt fails. */
final class Toolbox {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Langfuse langfuse;
  private final List<Tool> tools;

  Toolbox(Langfuse langfuse, List<Tool> tools) {
    this.langfuse = langfuse;
    this.tools = List.copyOf(tools);
  }

  List<ToolDefinition> definitions() {
    return tools.stream().map(Tool::definition).toList();
  }

  /** What the tool returns, as JSON; an error that the model should know about is a result too. */
  String call(ToolCall call) {
    try {
      Tool tool = named(call.function().name());
      JsonNode arguments = JSON.readTree(call.function().arguments());
      return JSON.writeValueAsString(callTwice(tool, arguments));
    } catch (IllegalArgumentException | JsonProcessingException e) {
      return JSON.valueToTree(Map.of("error", String.valueOf(e.getMessage()))).toString();
    }
  }

  private Object callTwice(Tool tool, JsonNode arguments) {
    try {
      return attempt(tool, arguments, null);
    } catch (ToolUnavailableException e) {
      return attempt(tool, arguments, e);
    }
  }

  /**
   * An exception that leaves the block is recorded as an error, and reaches the caller as it is.
   */
  private Object attempt(Tool tool, JsonNode arguments, @Nullable Exception earlier) {
    return langfuse.observe(
        tool.name(),
        TOOL,
        observation -> {
          observation.input(arguments);
          if (earlier != null) {
            observation
                .level(Level.WARNING)
                .statusMessage("Second attempt, the first failed: " + earlier.getMessage());
          }
          Object result = tool.call(arguments);
          observation.output(result);
          return result;
        });
  }

  private Tool named(String name) {
    return tools.stream()
        .filter(tool -> tool.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no tool " + name));
  }
}
