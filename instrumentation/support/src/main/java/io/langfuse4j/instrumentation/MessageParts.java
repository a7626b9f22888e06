package io.langfuse4j.instrumentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what a provider puts into one list of blocks or parts: text and media, thoughts and calls
 * of tools into one message, results of tools into messages of their own. Not thread-safe.
 */
public final class MessageParts {

  private final List<Object> parts = new ArrayList<>();
  private final List<Object> toolCalls = new ArrayList<>();
  private final List<Map<String, Object>> toolResults = new ArrayList<>();
  private final StringBuilder reasoning = new StringBuilder();
  private boolean onlyText = true;

  /** Nothing yet. */
  public MessageParts() {}

  /** A text. */
  public void text(String text) {
    parts.add(Messages.textPart(text));
  }

  /** Something that is not just a text, such as {@link Messages#imagePart} or as it was. */
  public void part(Object part) {
    onlyText = false;
    parts.add(part);
  }

  /** What the model thought before it answered. */
  public void reasoning(@Nullable String text) {
    reasoning.append(text == null ? "" : text);
  }

  /** A call, as {@link Messages#toolCall} makes it. */
  public void toolCall(Map<String, Object> call) {
    toolCalls.add(call);
  }

  /** A result, as {@link Messages#toolResult} makes it. */
  public void toolResult(Map<String, Object> result) {
    toolResults.add(result);
  }

  /** False if there is a message beside the results of tools. */
  public boolean isEmpty() {
    return parts.isEmpty() && toolCalls.isEmpty() && reasoning.isEmpty();
  }

  /** The results of tools, and then the message if there is one. */
  public List<Map<String, Object>> messages(String role) {
    List<Map<String, Object>> messages = new ArrayList<>(toolResults);
    if (!isEmpty()) {
      messages.add(message(role));
    }
    return messages;
  }

  /** The message without the results of tools. */
  public Map<String, Object> message(String role) {
    Map<String, Object> message = Messages.message(role, content());
    if (!reasoning.isEmpty()) {
      message.put("reasoning_content", reasoning.toString());
    }
    if (!toolCalls.isEmpty()) {
      message.put("tool_calls", toolCalls);
    }
    return message;
  }

  /** A text if that is all, else the list of parts; null if there is neither. */
  public @Nullable Object content() {
    if (parts.isEmpty()) {
      return null;
    }
    return onlyText && parts.size() == 1 ? Fields.map(parts.get(0)).get("text") : parts;
  }
}
