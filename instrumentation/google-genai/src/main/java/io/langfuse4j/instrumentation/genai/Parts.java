package io.langfuse4j.instrumentation.genai;

import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.MessageParts;
import io.langfuse4j.instrumentation.Messages;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns Gemini's contents into messages as Langfuse shows them: texts that follow each other
 * joined, thoughts and function calls apart, results of functions as messages of their own. Parts
 * that have no such form stay as they are.
 */
final class Parts {

  private final MessageParts parts = new MessageParts();
  private final StringBuilder text = new StringBuilder();

  /** The messages of one of the contents of a request. */
  static List<Map<String, Object>> messages(@Nullable String role, @Nullable Object given) {
    Parts all = new Parts();
    Fields.maps(given).forEach(all::add);
    all.endText();
    return all.parts.messages(role == null ? "user" : role.equals("model") ? "assistant" : role);
  }

  void add(Map<String, Object> part) {
    Map<String, Object> called = Fields.object(part.get("functionCall"));
    Map<String, Object> result = Fields.object(part.get("functionResponse"));
    if (part.get("text") instanceof String said) {
      addText(said, Boolean.TRUE.equals(part.get("thought")));
    } else if (called != null) {
      parts.toolCall(
          Messages.toolCall(
              Fields.text(called.get("id")),
              String.valueOf(called.get("name")),
              Json.text(Fields.map(called.get("args")))));
    } else if (result != null) {
      parts.toolResult(
          Messages.toolResult(
              Fields.text(result.get("id")),
              Fields.text(result.get("name")),
              result.get("response")));
    } else {
      endText();
      parts.part(media(part));
    }
  }

  private void addText(String said, boolean isThought) {
    if (isThought) {
      parts.reasoning(said);
    } else {
      text.append(said);
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
      parts.text(text.toString());
      text.setLength(0);
    }
  }

  boolean isEmpty() {
    return parts.isEmpty() && text.isEmpty();
  }

  /** The message; nothing is added after it. */
  Map<String, Object> message(String role) {
    endText();
    return parts.message(role);
  }
}
