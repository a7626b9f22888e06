package io.langfuse4j.instrumentation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages in the form in which Langfuse shows a conversation: a role, a content of text or parts,
 * and tool calls, as in OpenAI's chat. For libraries whose own form is another.
 */
public final class Messages {

  private Messages() {}

  /**
   * A message.
   *
   * @param content a text, or a list of parts; null leaves it out
   */
  public static Map<String, Object> message(String role, @Nullable Object content) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", role);
    if (content != null) {
      message.put("content", content);
    }
    return message;
  }

  /** What a tool answered to the call with that id. */
  public static Map<String, Object> toolResult(
      @Nullable String callId, @Nullable String name, @Nullable Object result) {
    Map<String, Object> message = message("tool", result);
    if (callId != null) {
      message.put("tool_call_id", callId);
    }
    if (name != null) {
      message.put("name", name);
    }
    return message;
  }

  /**
   * A call of a tool, for the list {@code tool_calls} of a message.
   *
   * @param arguments JSON as the model wrote it, which need not be valid
   */
  public static Map<String, Object> toolCall(
      @Nullable String id, String name, @Nullable String arguments) {
    Map<String, Object> function = new LinkedHashMap<>();
    function.put("name", name);
    function.put("arguments", arguments == null ? "" : arguments);
    Map<String, Object> call = new LinkedHashMap<>();
    if (id != null) {
      call.put("id", id);
    }
    call.put("type", "function");
    call.put("function", function);
    return call;
  }

  /** A part of a content that is a text. */
  public static Map<String, Object> textPart(String text) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", "text");
    part.put("text", text);
    return part;
  }

  /** A part of a content that is an image, by its address or as {@link #dataUri}. */
  public static Map<String, Object> imagePart(String url) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", "image_url");
    part.put("image_url", Map.of("url", url));
    return part;
  }

  /** Media with its type in front, which is how Langfuse recognises it. */
  public static String dataUri(String mediaType, String base64) {
    return base64.startsWith("data:") ? base64 : "data:" + mediaType + ";base64," + base64;
  }

  /** The one element, or all of them, or null if there is none: the form of an output. */
  public static @Nullable Object oneOrAll(List<?> all) {
    return all.isEmpty() ? null : all.size() == 1 ? all.get(0) : all;
  }
}
