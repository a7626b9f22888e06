package io.langfuse4j.instrumentation.bedrock;

import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.MessageParts;
import io.langfuse4j.instrumentation.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Turns the blocks of Bedrock's messages into messages as Langfuse shows them. Blocks that have no
 * such form, such as documents and guarded content, stay as they are.
 */
final class Blocks {

  private Blocks() {}

  /** The messages that one of Bedrock's is: results of tools are messages of their own. */
  static List<Map<String, Object>> messages(String role, List<Map<String, Object>> content) {
    MessageParts parts = new MessageParts();
    content.forEach(block -> add(parts, block));
    return parts.messages(role);
  }

  private static void add(MessageParts parts, Map<String, Object> block) {
    Map<String, Object> toolUse = Fields.object(block.get("toolUse"));
    Map<String, Object> toolResult = Fields.object(block.get("toolResult"));
    Map<String, Object> thought = Fields.object(block.get("reasoningContent"));
    if (block.get("text") instanceof String text) {
      parts.text(text);
    } else if (toolUse != null) {
      parts.toolCall(toolCall(toolUse));
    } else if (toolResult != null) {
      parts.toolResult(toolResult(toolResult));
    } else if (thought != null) {
      parts.reasoning(Fields.text(Fields.map(thought.get("reasoningText")).get("text")));
    } else {
      parts.part(image(block));
    }
  }

  private static Map<String, Object> toolCall(Map<String, Object> toolUse) {
    Object input = toolUse.get("input");
    return Messages.toolCall(
        Fields.text(toolUse.get("toolUseId")),
        String.valueOf(toolUse.get("name")),
        input instanceof String text ? text : Models.json(input));
  }

  private static Map<String, Object> toolResult(Map<String, Object> result) {
    List<Object> parts = new ArrayList<>();
    for (Map<String, Object> block : Fields.maps(result.get("content"))) {
      Object json = block.get("json");
      Object text = block.get("text");
      parts.add(text != null ? Messages.textPart(text.toString()) : json != null ? json : block);
    }
    Object content =
        parts.size() == 1 && parts.get(0) instanceof Map<?, ?> part && part.containsKey("text")
            ? part.get("text")
            : Messages.oneOrAll(parts);
    Map<String, Object> message =
        Messages.toolResult(Fields.text(result.get("toolUseId")), null, content);
    if ("error".equals(result.get("status"))) {
      message.put("is_error", true);
    }
    return message;
  }

  private static Map<String, Object> image(Map<String, Object> block) {
    Map<String, Object> image = Fields.map(block.get("image"));
    Object bytes = Fields.map(image.get("source")).get("bytes");
    return bytes instanceof String data
        ? Messages.imagePart(Messages.dataUri("image/" + image.get("format"), data))
        : block;
  }
}
