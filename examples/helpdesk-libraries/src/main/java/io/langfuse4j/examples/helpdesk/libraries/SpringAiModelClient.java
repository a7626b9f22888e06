package io.langfuse4j.examples.helpdesk.libraries;

import io.langfuse4j.examples.helpdesk.chat.ChatMessage;
import io.langfuse4j.examples.helpdesk.chat.ChatReply;
import io.langfuse4j.examples.helpdesk.chat.ChatRequest;
import io.langfuse4j.examples.helpdesk.chat.ModelClient;
import io.langfuse4j.examples.helpdesk.chat.ProviderException;
import io.langfuse4j.examples.helpdesk.chat.RateLimitedException;
import io.langfuse4j.examples.helpdesk.chat.ToolCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/** Asks with Spring AI. Nothing here knows about tracing. */
final class SpringAiModelClient implements ModelClient {
  /** Spring AI does not say for how long the provider is busy. */
  private static final Duration PAUSE = Duration.ofMillis(120);

  private final ChatModel model;

  SpringAiModelClient(ChatModel model) {
    this.model = model;
  }

  @Override
  public ChatReply ask(ChatRequest request) {
    Prompt prompt = new Prompt(messages(request.messages()), options(request));
    try {
      return reply(request.wantsStream() ? stream(prompt) : model.call(prompt));
    } catch (NonTransientAiException e) {
      String message = String.valueOf(e.getMessage());
      throw message.contains("429 - ")
          ? new RateLimitedException(message, PAUSE)
          : new ProviderException(message, e);
    } catch (TransientAiException e) {
      throw new ProviderException("Spring AI got no answer", e);
    }
  }

  private @Nullable ChatResponse stream(Prompt prompt) {
    AtomicReference<@Nullable ChatResponse> whole = new AtomicReference<>();
    new MessageAggregator().aggregate(model.stream(prompt), whole::set).blockLast();
    return whole.get();
  }

  private static OpenAiChatOptions options(ChatRequest request) {
    List<ToolCallback> tools = new ArrayList<>();
    request.offeredTools().forEach(tool -> tools.add(new OfferedTool(tool)));
    return OpenAiChatOptions.builder()
        .model(request.model())
        .temperature(request.temperature())
        .maxTokens(request.maxTokens())
        .streamUsage(request.wantsStream())
        .toolCallbacks(tools)
        .internalToolExecutionEnabled(false)
        .build();
  }

  private static List<Message> messages(List<ChatMessage> messages) {
    List<Message> converted = new ArrayList<>();
    for (ChatMessage message : messages) {
      converted.add(
          switch (message.role()) {
            case "system" -> new SystemMessage(message.text());
            case "user" -> new UserMessage(message.text());
            case "tool" -> toolResult(message);
            default -> assistant(message);
          });
    }
    return converted;
  }

  private static Message toolResult(ChatMessage message) {
    return ToolResponseMessage.builder()
        .responses(
            List.of(
                new ToolResponseMessage.ToolResponse(
                    String.valueOf(message.toolCallId()), "", message.text())))
        .build();
  }

  private static Message assistant(ChatMessage message) {
    return AssistantMessage.builder()
        .content(message.text())
        .toolCalls(
            message.calls().stream()
                .map(
                    call ->
                        new AssistantMessage.ToolCall(
                            call.id(),
                            call.type(),
                            call.function().name(),
                            call.function().arguments()))
                .toList())
        .build();
  }

  private static ChatReply reply(@Nullable ChatResponse response) {
    if (response == null || response.getResult() == null) {
      throw new ProviderException("Spring AI got an empty answer");
    }
    AssistantMessage message = response.getResult().getOutput();
    List<ToolCall> calls =
        message.getToolCalls().stream()
            .map(call -> ToolCall.of(call.id(), call.name(), call.arguments()))
            .toList();
    return new ChatReply(
        response.getMetadata().getModel(),
        calls.isEmpty()
            ? ChatMessage.assistant(String.valueOf(message.getText()))
            : ChatMessage.calling(calls),
        String.valueOf(response.getResult().getMetadata().getFinishReason()),
        null);
  }

  /** The help desk runs the tools itself. */
  private record OfferedTool(io.langfuse4j.examples.helpdesk.chat.ToolDefinition tool)
      implements ToolCallback {
    @Override
    public ToolDefinition getToolDefinition() {
      return ToolDefinition.builder()
          .name(tool.function().name())
          .description(tool.function().description())
          .inputSchema(tool.function().parameters().toString())
          .build();
    }

    @Override
    public String call(String input) {
      throw new UnsupportedOperationException(tool.function().name() + " is run elsewhere");
    }
  }
}
