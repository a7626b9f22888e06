package io.langfuse4j.instrumentation.genai;

import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns Gemini's contents into messages as Langfuse shows them: texts that follow each other
 * joined, thoughts and function calls apart, results of functions as messages of their own. Parts
 * that have no such form stay as they are.
 */
final class Parts {

  private final List<Object> content = new ArrayList<>();
  private final List<Object> toolCalls = new ArrayList<>();
  private final List<Map<String, Object>> toolResults = new ArrayList<>();
  private final StringBuilder thoughts = new StringBuilder();
  private final StringBuilder text = new StringBuilder();

  /** The messages of one of the contents of a request. */
  static List<Map<String, Object>> messages(@Nullable String role, @Nullable Object parts) {
    Parts all = new Parts();
    Fields.maps(parts).forEach(all::add);
    List<Map<String, Object>> messages = new ArrayList<>(all.toolResults);
    if (!all.isEmpty()) {
      messages.add(all.message(role == null ? "user" : role.equals("model") ? "assistant" : role));
    }
    return messages;
  }

  void add(Map<String, Object> part) {
    Map<String, Object> called = Fields.object(part.get("functionCall"));
    Map<String, Object> result = Fields.object(part.get("functionResponse"));
    if (part.get("text") instanceof String said) {
      (Boolean.TRUE.equals(part.get("thought")) ? thoughts : text).append(said);
    } else if (called != null) {
      toolCalls.add(
          Messages.toolCall(
              Fields.text(called.get("id")),
              String.valueOf(called.get("name")),
              Json.text(Fields.map(called.get("args")))));
    } else if (result != null) {
      toolResults.add(
          Messages.toolResult(
              Fields.text(result.get("id")),
              Fields.text(result.get("name")),
              result.get("response")));
    } else {
      endText();
      content.add(media(part));
    }
  }

  private static Map<String, Object> media(Map<String, Object> part) {
    Map<String, Object> inline = Fields.map(part.get("inlineData"));
    if (inline.get("data") instanceof String data
        && inline.get("mimeType") instanceof String type
        && type.startsWith("image/")) {
      // The library writes the alphabet for addresses, data URIs have the other.
      return Messages.imagePart(Messages.dataUri(type, data.replace('-', '+').replace('_', '/')));
    }
    return part;
  }

  private void endText() {
    if (!text.isEmpty()) {
      content.add(Messages.textPart(text.toString()));
      text.setLength(0);
    }
  }

  boolean isEmpty() {
    return content.isEmpty() && toolCalls.isEmpty() && thoughts.isEmpty() && text.isEmpty();
  }

  Map<String, Object> message(String role) {
    Map<String, Object> message = Messages.message(role, content());
    if (!thoughts.isEmpty()) {
      message.put("reasoning_content", thoughts.toString());
    }
    if (!toolCalls.isEmpty()) {
      message.put("tool_calls", toolCalls);
    }
    return message;
  }

  private @Nullable Object content() {
    if (content.isEmpty()) {
      return text.isEmpty() ? null : text.toString();
    }
    endText();
    return content;
  }
}
