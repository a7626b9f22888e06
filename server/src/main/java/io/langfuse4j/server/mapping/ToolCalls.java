package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.model.Observation.ToolCall;
import io.langfuse4j.server.otlp.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls that a model's answer asks for, in the shapes of the common providers. */
final class ToolCalls {
  private static final List<String> LISTS = List.of("tool_calls", "toolCalls");
  private static final List<String> PARTS = List.of("content", "parts");
  private static final Set<String> PART_TYPES = Set.of("tool_use", "tool-call", "tool_call");
  private static final List<String> ARGUMENTS = List.of("arguments", "input", "args");
  private static final List<String> IDS = List.of("id", "toolCallId", "tool_call_id");
  private static final List<String> NAMES = List.of("name", "toolName", "tool_name");

  private final List<ToolCall> calls = new ArrayList<>();

  private ToolCalls() {}

  static List<ToolCall> listedIn(@Nullable JsonNode output) {
    ToolCalls found = new ToolCalls();
    JsonNode container = Json.resolve(output);
    if (container != null && container.isArray()) {
      container.forEach(found::addMessageOrPart);
    } else if (container != null) {
      found.addMessage(container);
      container.path("choices").forEach(choice -> found.addMessage(choice.path("message")));
      found.addMessage(container.path("message"));
    }
    return found.calls;
  }

  private void addMessageOrPart(JsonNode item) {
    if (isPart(item)) {
      addCall(item);
    } else {
      addMessage(item);
      addMessage(item.path("message"));
    }
  }

  private void addMessage(JsonNode message) {
    for (String key : LISTS) {
      JsonNode list = Json.resolve(message.get(key));
      if (list != null && list.isArray()) {
        list.forEach(this::addCall);
      }
    }
    for (String key : PARTS) {
      message.path(key).forEach(this::addPart);
    }
  }

  private void addPart(JsonNode part) {
    if (isPart(part)) {
      addCall(part);
    }
  }

  private static boolean isPart(JsonNode item) {
    String type = item.path("type").textValue();
    return type != null && PART_TYPES.contains(type);
  }

  private void addCall(JsonNode call) {
    JsonNode function = call.path("function").isObject() ? call.get("function") : call;
    JsonNode name = first(function, NAMES);
    if (name == null) {
      return;
    }
    JsonNode id = first(call, IDS);
    JsonNode arguments = first(function, ARGUMENTS);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id == null ? "" : Json.text(id));
    json.put("arguments", arguments == null ? "" : Json.text(arguments));
    json.put("type", call.path("type").asText(""));
    json.put("index", call.path("index").asInt(calls.size()));
    calls.add(new ToolCall(Json.text(name), Json.text(json)));
  }

  private static @Nullable JsonNode first(JsonNode owner, List<String> keys) {
    for (String key : keys) {
      if (owner.hasNonNull(key)) {
        return owner.get(key);
      }
    }
    return null;
  }
}
