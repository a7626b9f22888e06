package io.langfuse4j.examples.helpdesk.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads JSON schemas that are written down as text blocks. */
final class Schema {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Schema() {}

  static JsonNode of(String schema) {
    try {
      return JSON.readTree(schema);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + schema, e);
    }
  }
}
