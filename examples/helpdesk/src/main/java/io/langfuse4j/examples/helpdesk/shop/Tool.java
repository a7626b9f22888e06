package io.langfuse4j.examples.helpdesk.shop;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.examples.helpdesk.chat.ToolDefinition;

/** Something the model may ask us to do. */
public interface Tool {

  /** How it is presented to the model. */
  ToolDefinition definition();

  /**
   * Does it.
   *
   * @return what is handed back to the model, as JSON
   * @throws ToolUnavailableException if another attempt may succeed
   */
  Object call(JsonNode arguments);

  default String name() {
    return definition().function().name();
  }
}
