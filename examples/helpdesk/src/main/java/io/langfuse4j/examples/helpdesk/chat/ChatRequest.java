package io.langfuse4j.examples.helpdesk.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a model, as it travels.
 *
 * @param tools null when the model may call none
 * @param stream null for a reply in one piece
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatRequest(
    String model,
    List<ChatMessage> messages,
    @Nullable List<ToolDefinition> tools,
    @Nullable Double temperature,
    @JsonProperty("max_tokens") @Nullable Integer maxTokens,
    @Nullable Boolean stream,
    @JsonProperty("stream_options") @Nullable StreamOptions streamOptions) {

  public static ChatRequest of(String model, List<ChatMessage> messages) {
    return new ChatRequest(model, List.copyOf(messages), null, null, null, null, null);
  }

  public ChatRequest withTools(List<ToolDefinition> offered) {
    return new ChatRequest(
        model, messages, List.copyOf(offered), temperature, maxTokens, stream, streamOptions);
  }

  public ChatRequest withSampling(double newTemperature, int newMaxTokens) {
    return new ChatRequest(
        model, messages, tools, newTemperature, newMaxTokens, stream, streamOptions);
  }

  /** The same, with the reply wanted token by token. */
  public ChatRequest streamed() {
    return new ChatRequest(
        model, messages, tools, temperature, maxTokens, true, new StreamOptions(true));
  }

  /** The tools that the model may call, usually none. */
  public List<ToolDefinition> offeredTools() {
    return tools == null ? List.of() : tools;
  }

  /** Whether the caller wants the reply token by token. */
  public boolean wantsStream() {
    return stream != null && stream;
  }

  /**
   * How to stream.
   *
   * @param includeUsage whether the last event carries the token usage
   */
  public record StreamOptions(@JsonProperty("include_usage") boolean includeUsage) {}
}
