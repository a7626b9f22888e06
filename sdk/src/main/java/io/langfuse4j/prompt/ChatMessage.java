package io.langfuse4j.prompt;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message of a chat: a role, a content, and whatever else a provider's messages have, such as
 * tool calls. Immutable.
 */
public final class ChatMessage implements PromptMessage {

  /** The role of a message that was given without one, as in the other SDKs. */
  public static final String NO_ROLE = "NOT_GIVEN";

  private final Map<String, @Nullable Object> fields;

  private ChatMessage(Map<String, @Nullable Object> fields) {
    this.fields = Collections.unmodifiableMap(fields);
  }

  /**
   * A message.
   *
   * @param content a text, or a list of parts as maps
   */
  public static ChatMessage of(String role, @Nullable Object content) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("role", role);
    fields.put("content", content);
    return new ChatMessage(fields);
  }

  /** A message with all of these fields. */
  public static ChatMessage of(Map<String, ? extends @Nullable Object> fields) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(fields);
    copy.remove("type", "chatmessage");
    copy.putIfAbsent("role", NO_ROLE);
    if (!copy.containsKey("content")) {
      copy.put("content", "");
    }
    return new ChatMessage(copy);
  }

  public static ChatMessage system(String content) {
    return of("system", content);
  }

  public static ChatMessage user(String content) {
    return of("user", content);
  }

  public static ChatMessage assistant(String content) {
    return of("assistant", content);
  }

  public String role() {
    return String.valueOf(fields.get("role"));
  }

  /** A text, a list of parts, or null for example where an assistant only calls tools. */
  public @Nullable Object content() {
    return fields.get("content");
  }

  /** The content if it is a text; the texts of its parts; empty if there is none. */
  public String text() {
    StringBuilder text = new StringBuilder();
    Object content = content();
    if (content instanceof Iterable<?> parts) {
      for (Object part : parts) {
        Object partText = part instanceof Map<?, ?> map ? map.get("text") : part;
        text.append(partText == null ? "" : partText);
      }
    } else if (content != null) {
      text.append(content);
    }
    return text.toString();
  }

  /** Any field, such as {@code tool_calls}; null if it is not there. */
  public @Nullable Object get(String field) {
    return fields.get(field);
  }

  @Override
  public Map<String, @Nullable Object> asMap() {
    return fields;
  }

  ChatMessage compiled(PromptTemplate.Values values) {
    Map<String, @Nullable Object> compiled = new LinkedHashMap<>(fields);
    compiled.put("content", PromptTemplate.compileAny(content(), values));
    return new ChatMessage(compiled);
  }

  /** As stored prompts have it: no other fields. */
  ChatMessage withoutExtras() {
    return of(role(), content());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChatMessage message && Objects.equals(message.fields, fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return role() + ": " + text();
  }
}
