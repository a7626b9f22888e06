package io.langfuse4j.examples.helpdesk.chat;

import com.fasterxml.jackson.databind.JsonNode;

/** A tool that the model may ask for. */
public record ToolDefinition(String type, Function function) {

  public static ToolDefinition of(String name, String description, JsonNode parameters) {
    return new ToolDefinition("function", new Function(name, description, parameters));
  }

  /**
   * What it is called and does.
   *
   * @param parameters JSON schema of the arguments
   */
  public record Function(String name, String description, JsonNode parameters) {}
}
