package io.langfuse4j.instrumentation.anthropic;

import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns Anthropic's messages, which are lists of blocks, into messages as Langfuse shows them: what
 * is thought, said and called apart, results of tools as messages of their own. Blocks that have no
 * such form, such as what Anthropic's own tools do, stay as they are.
 */
final class Blocks {

  private final List<Object> parts = new ArrayList<>();
  private final List<Object> toolCalls = new ArrayList<>();
  private final List<Map<String, Object>> toolResults = new ArrayList<>();
  private final StringBuilder thinking = new StringBuilder();
  private boolean onlyText = true;

  private Blocks() {}

  /** The messages of a request. */
  static List<Map<String, Object>> messages(List<Map<String, Object>> given) {
    List<Map<String, Object>> messages = new ArrayList<>();
    for (Map<String, Object> message : given) {
      String role = Fields.text(message.get("role"));
      Object content = message.get("content");
      if (content instanceof List<?>) {
        Blocks blocks = of(Fields.maps(content));
        messages.addAll(blocks.toolResults);
        if (!blocks.isEmpty()) {
          messages.add(blocks.message(role == null ? "user" : role));
        }
      } else {
        messages.add(Messages.message(role == null ? "user" : role, content));
      }
    }
    return messages;
  }

  /** The answer; null if there is nothing in it. */
  static @Nullable Map<String, Object> answer(List<Map<String, Object>> content) {
    Blocks blocks = of(content);
    return blocks.isEmpty() ? null : blocks.message("assistant");
  }

  /** A content of blocks as a text or list of parts. */
  static @Nullable Object content(@Nullable Object content) {
    return content instanceof List<?> ? of(Fields.maps(content)).content() : content;
  }

  private static Blocks of(List<Map<String, Object>> content) {
    Blocks blocks = new Blocks();
    content.forEach(blocks::add);
    return blocks;
  }

  private void add(Map<String, Object> block) {
    switch (String.valueOf(block.get("type"))) {
      case "text" -> addText(block);
      case "tool_use" -> toolCalls.add(toolCall(block));
      case "tool_result" -> toolResults.add(toolResult(block));
      case "thinking" -> thinking.append(text(block, "thinking"));
      case "image" -> addPart(image(block));
      default -> addPart(block);
    }
  }

  /** Citations and the mark for the cache stay with their text. */
  private void addText(Map<String, Object> block) {
    onlyText &= block.size() == 2;
    parts.add(block);
  }

  private void addPart(Map<String, Object> part) {
    onlyText = false;
    parts.add(part);
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

  private boolean isEmpty() {
    return parts.isEmpty() && toolCalls.isEmpty() && thinking.isEmpty();
  }

  private Map<String, Object> message(String role) {
    Map<String, Object> message = Messages.message(role, content());
    if (!thinking.isEmpty()) {
      message.put("reasoning_content", thinking.toString());
    }
    if (!toolCalls.isEmpty()) {
      message.put("tool_calls", toolCalls);
    }
    return message;
  }

  private @Nullable Object content() {
    if (parts.isEmpty()) {
      return null;
    }
    boolean oneText = onlyText && parts.size() == 1;
    return oneText ? Fields.map(parts.get(0)).get("text") : parts;
  }

  private static String text(Map<String, Object> block, String key) {
    String text = Fields.text(block.get(key));
    return text == null ? "" : text;
  }
}
