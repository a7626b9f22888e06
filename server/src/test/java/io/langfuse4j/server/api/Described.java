package io.langfuse4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Holds answers against what an OpenAPI description says of them, both ways: no more, no less.
 *
 * @param file the description
 */
public record Described(JsonNode file) {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)\\}");

  /** Its operations, as {@code GET /path}. */
  public Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    file.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    return operations;
  }

  /** Each operation names what is in braces in its path, and nothing else. */
  public void checkPathParameters() {
    file.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .forEach(
                        operation ->
                            assertThat(pathParameters(operation))
                                .as(path.getKey())
                                .isEqualTo(namesIn(path.getKey()))));
  }

  private static Set<String> pathParameters(JsonNode operation) {
    Set<String> names = new TreeSet<>();
    for (JsonNode parameter : operation.path("parameters")) {
      if ("path".equals(parameter.get("in").asText())) {
        names.add(parameter.get("name").asText());
      }
    }
    return names;
  }

  private static Set<String> namesIn(String path) {
    return PARAMETER
        .matcher(path)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Holds an answer against what is said of the operation. */
  public void checkAnswer(String method, String path, JsonNode answer) {
    JsonNode responses = file.path("paths").path(path).path(method).path("responses");
    check(answer, schema(responses.path("200")), path);
  }

  /** Holds why a request was refused against what is said of that. */
  public void checkRefusal(String method, String path, JsonNode answer) {
    JsonNode responses = file.path("paths").path(path).path(method).path("responses");
    check(answer, schema(resolved(responses.path("default"))), path + " refused");
  }

  /** Holds what an event of a stream carries against what is said of events of that name. */
  public void checkEvent(String path, String name, JsonNode payload) {
    JsonNode answer = file.path("paths").path(path).path("get").path("responses").path("200");
    JsonNode events = resolved(answer.path("content").path("text/event-stream").path("schema"));
    assertThat(events.path("properties").has(name)).as(path + " tells " + name).isTrue();
    check(payload, events.path("properties").path(name), path + " " + name);
  }

  /** The parameters that are said to be written behind a path, and what their values are. */
  public Map<String, JsonNode> queryParameters(String path) {
    Map<String, JsonNode> parameters = new TreeMap<>();
    for (JsonNode parameter : file.path("paths").path(path).path("get").path("parameters")) {
      if ("query".equals(parameter.path("in").asText())) {
        resolved(parameter.path("schema"))
            .path("properties")
            .properties()
            .forEach(property -> parameters.put(property.getKey(), property.getValue()));
      }
    }
    return parameters;
  }

  /** Holds what is sent against what is said of the operation. */
  public void checkRequest(String method, String path, JsonNode body) {
    check(body, schema(file.path("paths").path(path).path(method).path("requestBody")), path);
  }

  private static JsonNode schema(JsonNode body) {
    JsonNode schema = body.path("content").path("application/json").path("schema");
    assertThat(schema.isObject()).as("is described").isTrue();
    return schema;
  }

  private void check(JsonNode value, JsonNode described, String where) {
    if (value.isNull() && described.path("nullable").asBoolean()) {
      return;
    }
    JsonNode schema = resolved(described);
    if (schema.has("oneOf")) {
      assertThat(schema.path("oneOf")).as(where).anySatisfy(one -> check(value, one, where));
      return;
    }
    switch (schema.path("type").asText()) {
      case "object" -> checkObject(value, schema, where);
      case "array" -> {
        assertThat(value.isArray()).as(where).isTrue();
        value.forEach(element -> check(element, schema.path("items"), where + "[]"));
      }
      case "string" -> checkText(value, schema, where);
      case "integer" -> assertThat(value.isIntegralNumber()).as(where).isTrue();
      case "number" -> assertThat(value.isNumber()).as(where).isTrue();
      case "boolean" -> assertThat(value.isBoolean()).as(where).isTrue();
      default -> assertThat(schema.path("properties").isMissingNode()).as(where).isTrue();
    }
  }

  private void checkObject(JsonNode value, JsonNode schema, String where) {
    assertThat(value.isObject()).as(where).isTrue();
    if (schema.has("additionalProperties")) {
      value.forEach(entry -> check(entry, schema.path("additionalProperties"), where + ".*"));
      return;
    }
    Set<String> names = new HashSet<>();
    value.fieldNames().forEachRemaining(names::add);
    Set<String> known = new HashSet<>();
    schema.path("properties").fieldNames().forEachRemaining(known::add);
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    assertThat(known).as(where + " describes nothing").isNotEmpty();
    assertThat(known).as(where).containsAll(names);
    assertThat(names).as(where).containsAll(required);
    value
        .properties()
        .forEach(
            field ->
                check(
                    field.getValue(),
                    schema.path("properties").path(field.getKey()),
                    where + "." + field.getKey()));
  }

  private static void checkText(JsonNode value, JsonNode schema, String where) {
    assertThat(value.isTextual()).as(where).isTrue();
    if ("date-time".equals(schema.path("format").asText())) {
      assertThat(Instant.parse(value.asText())).as(where).isNotNull();
    }
    if (schema.has("enum")) {
      Set<String> choices = new HashSet<>();
      schema.path("enum").forEach(choice -> choices.add(choice.asText()));
      assertThat(choices).as(where).contains(value.asText());
    }
  }

  private JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    if (!reference.isEmpty()) {
      return resolved(file.at(reference.substring(1)));
    }
    JsonNode parts = schema.path("allOf");
    if (parts.isEmpty()) {
      return schema;
    }
    return parts.size() == 1 ? resolved(parts.get(0)) : merged(parts);
  }

  /** All that the parts of an object say. */
  private JsonNode merged(JsonNode parts) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = whole.putObject("properties");
    ArrayNode required = whole.putArray("required");
    for (JsonNode part : parts) {
      JsonNode resolved = resolved(part);
      for (Map.Entry<String, JsonNode> property : resolved.path("properties").properties()) {
        properties.set(property.getKey(), property.getValue());
      }
      resolved.path("required").forEach(required::add);
    }
    return whole;
  }
}
