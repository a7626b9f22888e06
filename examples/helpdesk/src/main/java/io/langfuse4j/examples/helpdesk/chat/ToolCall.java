package io.langfuse4j.examples.helpdesk.chat;

/** A tool that the model wants to be called. */
public record ToolCall(String id, String type, Function function) {

  public static ToolCall of(String id, String name, String arguments) {
    return new ToolCall(id, "function", new Function(name, arguments));
  }

  /**
   * Which tool, and with what.
   *
   * @param arguments a JSON object as text, as the model wrote it
   */
  public record Function(String name, String arguments) {}
}
