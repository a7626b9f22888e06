package io.langfuse4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Holds answers against what the server's description says of them, both ways: no more, no less.
 */
final class Described {
  private static final JsonNode FILE =
      TestServer.parse(new String(OpenApi.read(), StandardCharsets.UTF_8));

  private Described() {}

  /** The schema of an operation's answer. */
  static JsonNode answer(String method, String path, String status) {
    return FILE.path("paths")
        .path(path)
        .path(method)
        .path("responses")
        .path(status)
        .path("content")
        .path("application/json")
        .path("schema");
  }

  static void check(JsonNode value, JsonNode described, String where) {
    if (value.isNull() && described.path("nullable").asBoolean()) {
      return;
    }
    JsonNode schema = resolved(described);
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

  private static void checkObject(JsonNode value, JsonNode schema, String where) {
    assertThat(value.isObject()).as(where).isTrue();
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

  private static JsonNode resolved(JsonNode schema) {
    JsonNode single = schema.path("allOf").size() == 1 ? schema.path("allOf").get(0) : schema;
    String reference = single.path("$ref").asText();
    if (reference.isEmpty()) {
      return single;
    }
    return FILE.at(reference.substring(1));
  }
}
