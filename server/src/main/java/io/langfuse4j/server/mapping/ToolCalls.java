package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.model.Observation.ToolCall;
import io.langfuse4j.server.otlp.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls that a model's answer asks for, in the shapes of the common providers. A call that is
 * repeated (by its id, or by name and arguments) is listed once.
 */
final class ToolCalls {
  private static final List<String> LISTS = List.of("tool_calls", "toolCalls");
  private static final List<String> PARTS = List.of("content", "parts");
  private static final Set<String> PART_TYPES = Set.of("tool_use", "tool-call", "tool_call");
  private static final Set<String> CALL_TYPES =
      Set.of("function", "function_call", "tool-call", "tool_use");
  private static final List<String> MESSAGE_KEYS =
      List.of("role", "content", "tool_calls", "additional_kwargs", "parts");
  private static final List<String> ARGUMENTS = List.of("arguments", "args", "input");
  private static final List<String> IDS = List.of("id", "toolCallId", "call_id", "tool_call_id");
  private static final List<String> NAMES = List.of("name", "toolName", "tool_name");

  private final Map<String, ToolCall> calls = new LinkedHashMap<>();

  private ToolCalls() {}

  static List<ToolCall> listedIn(@Nullable JsonNode output) {
    ToolCalls found = new ToolCalls();
    JsonNode container = Json.resolve(output);
    if (container != null && container.isArray()) {
      container.forEach(found::addMessageOrCall);
    } else if (container != null) {
      found.addMessage(container);
      container.path("choices").forEach(choice -> found.addMessage(choice.path("message")));
      found.addMessage(container.path("message"));
      found.addAll(container.path("additional_kwargs").get("tool_calls"));
    }
    return List.copyOf(found.calls.values());
  }

  private void addMessageOrCall(JsonNode item) {
    if (isPart(item) || (isCall(item) && MESSAGE_KEYS.stream().noneMatch(item::has))) {
      addCall(item);
    } else {
      addMessage(item);
      addMessage(item.path("message"));
    }
  }

  private void addMessage(JsonNode message) {
    for (String key : LISTS) {
      if (addAll(message.get(key))) {
        break;
      }
    }
    for (String key : PARTS) {
      message.path(key).forEach(this::addPart);
    }
  }

  private boolean addAll(@Nullable JsonNode list) {
    JsonNode items = Json.resolve(list);
    if (items == null || !items.isArray()) {
      return false;
    }
    items.forEach(this::addCall);
    return true;
  }

  private void addPart(JsonNode part) {
    if (isPart(part)) {
      addCall(part);
    }
  }

  private static boolean isPart(JsonNode item) {
    return PART_TYPES.contains(typeOf(item));
  }

  /** Whether an item of a bare list asks for a call, and is neither a definition nor a result. */
  private static boolean isCall(JsonNode item) {
    if (item.path("function").hasNonNull("name")) {
      return item.get("function").has("arguments");
    }
    if (item.hasNonNull("toolName")) {
      return !typeOf(item).equals("tool-result") && (item.has("input") || item.has("args"));
    }
    boolean marked =
        item.has("id")
            || item.has("index")
            || item.has("call_id")
            || CALL_TYPES.contains(typeOf(item));
    return marked && item.hasNonNull("name") && item.has("arguments");
  }

  private static String typeOf(JsonNode item) {
    return item.path("type").asText("");
  }

  private void addCall(JsonNode call) {
    JsonNode function = call.path("function");
    JsonNode name = first(NAMES, function, call);
    if (name == null) {
      return;
    }
    JsonNode id = first(IDS, call);
    JsonNode given = first(ARGUMENTS, function, call);
    String arguments = given == null ? "{}" : Json.text(given);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id == null ? "" : Json.text(id));
    json.put("arguments", arguments);
    json.put("type", call.hasNonNull("type") || !function.isObject() ? typeOf(call) : "function");
    json.put("index", call.path("index").asInt(0));
    String key = id == null ? Json.text(name) + "-" + arguments : Json.text(id);
    calls.putIfAbsent(key, new ToolCall(Json.text(name), Json.text(json)));
  }

  private static @Nullable JsonNode first(List<String> keys, JsonNode... owners) {
    for (JsonNode owner : owners) {
      for (String key : keys) {
        if (owner.hasNonNull(key)) {
          return owner.get(key);
        }
      }
    }
    return null;
  }
}
