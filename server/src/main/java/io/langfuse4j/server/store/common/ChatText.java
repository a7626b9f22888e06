package io.langfuse4j.server.store.common;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.server.store.LenientJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what was said last in a recorded conversation, whichever provider's form it has. */
final class ChatText {
  private static final ObjectMapper MAPPER = LenientJson.mapper();

  /** What is longer is not worth its reading: lists show the beginning of it as it is. */
  private static final int LONGEST = 256 * 1024;

  /** A message holds parts, which hold texts; what is nested deeper is something else. */
  private static final int DEEPEST = 6;

  private static final List<String> LISTS =
      List.of("messages", "contents", "choices", "candidates", "output", "input");
  private static final List<String> WRAPPERS = List.of("message", "content");
  private static final List<String> BODIES = List.of("content", "parts", "text");
  private static final List<String> CALLS =
      List.of("function", "functionCall", "function_call", "toolUse");

  private ChatText() {}

  enum Side {
    INPUT,
    OUTPUT
  }

  /**
   * The last words of a user in an input, and of anybody in an output; the names of the tools where
   * only tools were called. Null where the text is no conversation.
   */
  static @Nullable String last(String text, Side side) {
    if (text.length() > LONGEST || !looksLikeChat(text)) {
      return null;
    }
    try {
      List<JsonNode> messages = new ArrayList<>();
      collect(MAPPER.readTree(text), messages);
      String asked = side == Side.INPUT ? lastOf(messages, true) : null;
      return asked == null ? lastOf(messages, false) : asked;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static boolean looksLikeChat(String text) {
    return !text.isEmpty()
        && (text.charAt(0) == '[' || text.charAt(0) == '{')
        && text.contains("\"role\"");
  }

  private static void collect(JsonNode value, List<JsonNode> messages) {
    if (value.isArray()) {
      value.forEach(item -> collectMessage(item, messages));
    } else if (!collectMessage(value, messages)) {
      for (String list : LISTS) {
        if (value.path(list).isArray()) {
          collect(value.path(list), messages);
          return;
        }
      }
    }
  }

  /** A message, or what holds one: a choice, a candidate. */
  private static boolean collectMessage(JsonNode value, List<JsonNode> messages) {
    if (value.path("role").isTextual()) {
      messages.add(value);
      return true;
    }
    for (String wrapper : WRAPPERS) {
      if (value.path(wrapper).path("role").isTextual()) {
        messages.add(value.path(wrapper));
        return true;
      }
    }
    return false;
  }

  private static @Nullable String lastOf(List<JsonNode> messages, boolean ofUsers) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (!ofUsers || isUser(messages.get(i))) {
        String said = said(messages.get(i));
        if (!said.isEmpty()) {
          return said;
        }
      }
    }
    return null;
  }

  private static boolean isUser(JsonNode message) {
    String role = message.path("role").asText();
    return "user".equalsIgnoreCase(role) || "human".equalsIgnoreCase(role);
  }

  private static String said(JsonNode message) {
    String text = textOf(message, 0);
    if (!text.isEmpty()) {
      return text;
    }
    List<String> tools = new ArrayList<>();
    message.path("tool_calls").forEach(call -> addTool(call, tools));
    message.path("content").forEach(part -> addTool(part, tools));
    message.path("parts").forEach(part -> addTool(part, tools));
    return String.join(", ", tools);
  }

  private static String textOf(JsonNode value, int depth) {
    if (value.isTextual()) {
      return value.textValue().strip();
    }
    if (depth == DEEPEST) {
      return "";
    }
    if (value.isArray()) {
      List<String> texts = new ArrayList<>();
      value.forEach(part -> texts.add(textOf(part, depth + 1)));
      texts.removeIf(String::isEmpty);
      return String.join(" ", texts);
    }
    return value.isObject() && !isAside(value) ? bodyOf(value, depth) : "";
  }

  /** Calls and thoughts are not what was said. */
  private static boolean isAside(JsonNode part) {
    return part.path("type").asText().contains("tool") || part.path("thought").asBoolean();
  }

  private static String bodyOf(JsonNode value, int depth) {
    for (String body : BODIES) {
      String text = textOf(value.path(body), depth + 1);
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  private static void addTool(JsonNode call, List<String> tools) {
    String name = call.path("name").asText();
    for (String inner : CALLS) {
      name = name.isEmpty() ? call.path(inner).path("name").asText() : name;
    }
    if (!name.isEmpty()) {
      tools.add(name + "()");
    }
  }
}
