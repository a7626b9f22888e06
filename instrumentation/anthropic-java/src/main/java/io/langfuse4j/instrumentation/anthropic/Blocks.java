package io.langfuse4j.instrumentation.anthropic;

import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.MessageParts;
import io.langfuse4j.instrumentation.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns Anthropic's messages, which are lists of blocks, into messages as Langfuse shows them.
 * Blocks that have no such form, such as what Anthropic's own tools do, stay as they are.
 */
final class Blocks {

  private Blocks() {}

  /** The messages of a request. */
  static List<Map<String, Object>> messages(List<Map<String, Object>> given) {
    List<Map<String, Object>> messages = new ArrayList<>();
    for (Map<String, Object> message : given) {
      String named = Fields.text(message.get("role"));
      String role = named == null ? "user" : named;
      Object content = message.get("content");
      if (content instanceof List<?>) {
        messages.addAll(parts(Fields.maps(content)).messages(role));
      } else {
        messages.add(Messages.message(role, content));
      }
    }
    return messages;
  }

  /** The answer; null if there is nothing in it. */
  static @Nullable Map<String, Object> answer(List<Map<String, Object>> content) {
    MessageParts parts = parts(content);
    return parts.isEmpty() ? null : parts.message("assistant");
  }

  /** A content of blocks as a text or list of parts. */
  static @Nullable Object content(@Nullable Object content) {
    return content instanceof List<?> ? parts(Fields.maps(content)).content() : content;
  }

  private static MessageParts parts(List<Map<String, Object>> content) {
    MessageParts parts = new MessageParts();
    content.forEach(block -> add(parts, block));
    return parts;
  }

  private static void add(MessageParts parts, Map<String, Object> block) {
    switch (String.valueOf(block.get("type"))) {
      case "text" -> addText(parts, block);
      case "tool_use" -> parts.toolCall(toolCall(block));
      case "tool_result" -> parts.toolResult(toolResult(block));
      case "thinking" -> parts.reasoning(Fields.text(block.get("thinking")));
      case "image" -> parts.part(image(block));
      default -> parts.part(block);
    }
  }

  /** Citations and the mark for the cache stay with their text. */
  private static void addText(MessageParts parts, Map<String, Object> block) {
    if (block.size() == 2) {
      parts.text(text(block, "text"));
    } else {
      parts.part(block);
    }
  }

  private static Map<String, Object> toolCall(Map<String, Object> block) {
    Object input = block.get("input");
    String arguments = input instanceof String text ? text : Json.text(Fields.map(input));
    return Messages.toolCall(text(block, "id"), text(block, "name"), arguments);
  }

  private static Map<String, Object> toolResult(Map<String, Object> block) {
    Map<String, Object> message =
        Messages.toolResult(text(block, "tool_use_id"), null, content(block.get("content")));
    if (Boolean.TRUE.equals(block.get("is_error"))) {
      message.put("is_error", true);
    }
    return message;
  }

  private static Map<String, Object> image(Map<String, Object> block) {
    Map<String, Object> source = Fields.map(block.get("source"));
    if (source.get("data") instanceof String data) {
      return Messages.imagePart(Messages.dataUri(text(source, "media_type"), data));
    }
    return source.get("url") instanceof String url ? Messages.imagePart(url) : block;
  }

  private static String text(Map<String, Object> block, String key) {
    String text = Fields.text(block.get(key));
    return text == null ? "" : text;
  }
}
