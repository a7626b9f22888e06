package io.langfuse4j.examples.helpdesk.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation, as it travels.
 *
 * @param content null when an assistant only calls tools
 * @param toolCalls null when none are called
 * @param toolCallId which call a tool message answers; null on all others
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatMessage(
    String role,
    @Nullable String content,
    @JsonProperty("tool_calls") @Nullable List<ToolCall> toolCalls,
    @JsonProperty("tool_call_id") @Nullable String toolCallId) {

  public static ChatMessage system(String content) {
    return new ChatMessage("system", content, null, null);
  }

  public static ChatMessage user(String content) {
    return new ChatMessage("user", content, null, null);
  }

  public static ChatMessage assistant(String content) {
    return new ChatMessage("assistant", content, null, null);
  }

  public static ChatMessage calling(List<ToolCall> toolCalls) {
    return new ChatMessage("assistant", null, List.copyOf(toolCalls), null);
  }

  public static ChatMessage toolResult(ToolCall call, String content) {
    return new ChatMessage("tool", content, null, call.id());
  }

  /** The content, empty where there is none. */
  public String text() {
    return content == null ? "" : content;
  }

  /** The tools this message asks for, usually none. */
  public List<ToolCall> calls() {
    return toolCalls == null ? List.of() : toolCalls;
  }
}
