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
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tools that were offered to the model: taken out of the metadata, put into the input, listed. */
final class ToolDefinitions {
  private static final String TOOLS = "tools";
  private static final String ATTRIBUTES = "attributes";

  /** Its providers have tools of their own, which have a type and no name. */
  private static final String VERCEL_TOOLS = "ai.prompt.tools";

  private static final String GENAI_TOOLS = "gen_ai.tool.definitions";
  private static final String PYDANTIC_REQUEST = "model_request_parameters";
  private static final String PYDANTIC_TOOLS = "function_tools";
  private static final String NUMBERED = "llm.tools.";
  private static final Pattern OPENINFERENCE =
      Pattern.compile("llm\\.tools\\.([0-9]{1,9})\\.tool\\.json_schema");
  private static final List<String> SCHEMAS =
      List.of("parameters", "parameters_json_schema", "inputSchema", "input_schema");

  private ToolDefinitions() {}

  /**
   * The input with the tools of the metadata in it, as an object. The metadata loses them. Where
   * there are none, or the input has no place for them, both stay as they are.
   */
  static @Nullable JsonNode move(ObjectNode metadata, @Nullable JsonNode input) {
    if (!mayHoldTools(metadata)) {
      return input;
    }
    ObjectNode rest = metadata.deepCopy();
    List<JsonNode> tools = takeFrom(rest);
    ObjectNode merged = tools.isEmpty() ? null : merged(input, tools);
    if (merged == null) {
      return input;
    }
    metadata.removeAll();
    metadata.setAll(rest);
    return merged;
  }

  private static boolean mayHoldTools(ObjectNode metadata) {
    JsonNode attributes = metadata.path(ATTRIBUTES);
    return metadata.has(TOOLS)
        || attributes.has(VERCEL_TOOLS)
        || attributes.has(GENAI_TOOLS)
        || attributes.has(PYDANTIC_REQUEST)
        || attributes.properties().stream().anyMatch(e -> e.getKey().startsWith(NUMBERED));
  }

  /** Removes the definitions from the metadata and returns them. */
  private static List<JsonNode> takeFrom(ObjectNode metadata) {
    List<JsonNode> tools = new ArrayList<>();
    take(metadata, TOOLS, ToolDefinitions::isNamed, tools);
    if (metadata.get(ATTRIBUTES) instanceof ObjectNode attributes) {
      take(attributes, VERCEL_TOOLS, tool -> isNamed(tool) || tool.path("type").isTextual(), tools);
      take(attributes, GENAI_TOOLS, ToolDefinitions::isNamed, tools);
      takeFromPydanticRequest(attributes, tools);
      takeNumbered(attributes, tools);
      if (attributes.isEmpty()) {
        metadata.remove(ATTRIBUTES);
      }
    }
    return tools;
  }

  private static void takeFromPydanticRequest(ObjectNode attributes, List<JsonNode> tools) {
    if (Json.object(attributes.get(PYDANTIC_REQUEST)) instanceof ObjectNode request
        && take(request, PYDANTIC_TOOLS, ToolDefinitions::isNamed, tools)) {
      attributes.put(PYDANTIC_REQUEST, Json.text(request));
      if (request.isEmpty()) {
        attributes.remove(PYDANTIC_REQUEST);
      }
    }
  }

  /** All or nothing: a list with anything else in it is the sender's own. */
  private static boolean take(
      ObjectNode source, String key, Predicate<JsonNode> isTool, List<JsonNode> tools) {
    JsonNode list = Json.resolve(source.get(key));
    if (list == null || !list.isArray() || list.isEmpty()) {
      return false;
    }
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode item : list) {
      JsonNode tool = Json.object(item);
      if (tool == null || !isTool.test(tool)) {
        return false;
      }
      found.add(tool);
    }
    tools.addAll(found);
    source.remove(key);
    return true;
  }

  private static void takeNumbered(ObjectNode attributes, List<JsonNode> tools) {
    Map<Integer, String> keys = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : attributes.properties()) {
      if (!entry.getKey().startsWith(NUMBERED)) {
        continue;
      }
      Matcher matcher = OPENINFERENCE.matcher(entry.getKey());
      JsonNode tool = matcher.matches() ? Json.object(entry.getValue()) : null;
      if (tool != null && isNamed(tool)) {
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

  /** Null if the input is a number or the like, or calls something else its tools. */
  private static @Nullable ObjectNode merged(@Nullable JsonNode input, List<JsonNode> tools) {
    JsonNode document = Json.resolve(input);
    JsonNode value = document == null ? input : document;
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    if (value instanceof ObjectNode object) {
      merged.setAll(object);
    } else if (value != null && value.isArray()) {
      merged.set("messages", value);
    } else if (value != null && value.isTextual()) {
      merged.set("prompt", value);
    } else if (value != null && !value.isNull()) {
      return null;
    }
    JsonNode known = Json.resolve(merged.get(TOOLS));
    if (merged.hasNonNull(TOOLS) && (known == null || !known.isArray())) {
      return null;
    }
    merged.set(TOOLS, union(known, tools));
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
    definition.put("description", textOf(body.get("description")));
    definition.put("parameters", textOf(schemaOf(body)));
    definitions.putIfAbsent(name, Json.text(definition));
  }

  private static String textOf(@Nullable JsonNode value) {
    return value == null || value.isNull() ? "" : Json.text(value);
  }

  private static boolean isNamed(JsonNode tool) {
    return nameOf(tool) != null;
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
    return name.isTextual() && !name.textValue().isEmpty() ? Json.text(name) : null;
  }
}
