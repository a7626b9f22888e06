package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.otlp.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tools that were offered to the model: taken out of the metadata, put into the input, listed. */
final class ToolDefinitions {
  private static final String TOOLS = "tools";
  private static final List<String> ATTRIBUTES =
      List.of(
          "ai.prompt.tools", "gen_ai.tool.definitions", "model_request_parameters.function_tools");
  private static final String PYDANTIC_REQUEST = "model_request_parameters";
  private static final Pattern OPENINFERENCE =
      Pattern.compile("llm\\.tools\\.([0-9]{1,9})\\.tool\\.json_schema");
  private static final List<String> SCHEMAS =
      List.of("parameters", "inputSchema", "input_schema", "parameters_json_schema");

  private ToolDefinitions() {}

  /** Removes the definitions from the metadata and returns them. */
  static List<JsonNode> takeFrom(ObjectNode metadata) {
    List<JsonNode> tools = new ArrayList<>();
    take(metadata, TOOLS, tools);
    if (metadata.get("attributes") instanceof ObjectNode attributes) {
      ATTRIBUTES.forEach(key -> take(attributes, key, tools));
      takeFromPydanticRequest(attributes, tools);
      takeNumbered(attributes, tools);
    }
    return tools;
  }

  private static void takeFromPydanticRequest(ObjectNode attributes, List<JsonNode> tools) {
    if (Json.object(attributes.get(PYDANTIC_REQUEST)) instanceof ObjectNode request) {
      int before = tools.size();
      take(request, "function_tools", tools);
      if (tools.size() > before) {
        attributes.put(PYDANTIC_REQUEST, Json.text(request));
      }
    }
  }

  private static void take(ObjectNode source, String key, List<JsonNode> tools) {
    JsonNode list = Json.resolve(source.get(key));
    if (list == null || !list.isArray() || list.isEmpty()) {
      return;
    }
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode item : list) {
      JsonNode tool = Json.object(item);
      if (tool == null) {
        return;
      }
      found.add(tool);
    }
    tools.addAll(found);
    source.remove(key);
  }

  private static void takeNumbered(ObjectNode attributes, List<JsonNode> tools) {
    Map<Integer, String> keys = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : attributes.properties()) {
      if (!entry.getKey().startsWith("llm.tools.")) {
        continue;
      }
      Matcher matcher = OPENINFERENCE.matcher(entry.getKey());
      if (matcher.matches() && Json.object(entry.getValue()) != null) {
        keys.put(Integer.parseInt(matcher.group(1)), entry.getKey());
      }
    }
    for (String key : keys.values()) {
      JsonNode tool = Json.object(attributes.remove(key));
      if (tool != null) {
        tools.add(tool);
      }
    }
  }

  /** The input with the tools in it, as an object; unchanged if there are none. */
  static @Nullable JsonNode mergeInto(@Nullable JsonNode input, List<JsonNode> tools) {
    if (tools.isEmpty()) {
      return input;
    }
    JsonNode container =
        input != null && input.isTextual() ? Json.parseContainer(input.textValue()) : input;
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    if (container instanceof ObjectNode object) {
      merged.setAll(object);
    } else if (container != null && container.isArray()) {
      merged.set("messages", container);
    } else if (input != null) {
      merged.set("prompt", input);
    }
    merged.set(TOOLS, union(merged.get(TOOLS), tools));
    return merged;
  }

  private static ArrayNode union(@Nullable JsonNode known, List<JsonNode> tools) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    Set<String> names = new HashSet<>();
    if (known != null && known.isArray()) {
      known.forEach(tool -> addOnce(tool, names, all));
    }
    tools.forEach(tool -> addOnce(tool, names, all));
    return all;
  }

  private static void addOnce(JsonNode tool, Set<String> names, ArrayNode all) {
    String name = nameOf(tool);
    if (name == null || names.add(name)) {
      all.add(tool);
    }
  }

  /** Description and parameters of every tool that an input offers, by name. */
  static Map<String, String> listedIn(@Nullable JsonNode input) {
    JsonNode container = Json.resolve(input);
    Map<String, String> definitions = new LinkedHashMap<>();
    if (container == null) {
      return definitions;
    }
    container.path(TOOLS).forEach(tool -> list(tool, definitions));
    JsonNode messages = container.isArray() ? container : container.path("messages");
    for (JsonNode message : messages) {
      message.path(TOOLS).forEach(tool -> list(tool, definitions));
      if ("tool".equals(message.path("role").textValue())) {
        listLangGraph(Json.object(message.get("content")), definitions);
      }
    }
    return definitions;
  }

  /** LangGraph puts definitions among the messages, as tool messages that hold a function. */
  private static void listLangGraph(@Nullable JsonNode content, Map<String, String> definitions) {
    if (content != null && content.path("function").isObject()) {
      list(content, definitions);
    }
  }

  private static void list(JsonNode tool, Map<String, String> definitions) {
    String name = nameOf(tool);
    if (name == null) {
      return;
    }
    JsonNode body = tool.path("function").isObject() ? tool.get("function") : tool;
    ObjectNode definition = JsonNodeFactory.instance.objectNode();
    definition.set("description", Json.nullable(body.get("description")));
    definition.set("parameters", Json.nullable(schemaOf(body)));
    definitions.putIfAbsent(name, Json.text(definition));
  }

  private static @Nullable JsonNode schemaOf(JsonNode body) {
    for (String key : SCHEMAS) {
      if (body.hasNonNull(key)) {
        return body.get(key);
      }
    }
    return null;
  }

  private static @Nullable String nameOf(JsonNode tool) {
    JsonNode name = tool.path("function").path("name");
    if (!name.isTextual()) {
      name = tool.path("name");
    }
    return name.isTextual() ? Json.text(name) : null;
  }
}
