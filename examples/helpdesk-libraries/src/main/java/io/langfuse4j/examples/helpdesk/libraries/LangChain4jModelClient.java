package io.langfuse4j.examples.helpdesk.libraries;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.langfuse4j.examples.helpdesk.chat.ChatMessage;
import io.langfuse4j.examples.helpdesk.chat.ChatReply;
import io.langfuse4j.examples.helpdesk.chat.ChatRequest;
import io.langfuse4j.examples.helpdesk.chat.ModelClient;
import io.langfuse4j.examples.helpdesk.chat.ProviderException;
import io.langfuse4j.examples.helpdesk.chat.RateLimitedException;
import io.langfuse4j.examples.helpdesk.chat.ToolCall;
import io.langfuse4j.examples.helpdesk.chat.ToolDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Asks with LangChain4j. Nothing here knows about tracing. */
final class LangChain4jModelClient implements ModelClient {
  /** LangChain4j does not say for how long the provider is busy. */
  private static final Duration PAUSE = Duration.ofMillis(120);

  private final ChatModel model;
  private final StreamingChatModel streamingModel;

  LangChain4jModelClient(ChatModel model, StreamingChatModel streamingModel) {
    this.model = model;
    this.streamingModel = streamingModel;
  }

  @Override
  public ChatReply ask(ChatRequest request) {
    try {
      var asked = request(request);
      return reply(request.wantsStream() ? stream(asked) : model.chat(asked));
    } catch (RateLimitException e) {
      throw new RateLimitedException(String.valueOf(e.getMessage()), PAUSE);
    } catch (LangChain4jException | CompletionException e) {
      throw new ProviderException("LangChain4j got no answer", e);
    }
  }

  private ChatResponse stream(dev.langchain4j.model.chat.request.ChatRequest request) {
    CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
    streamingModel.chat(
        request,
        new StreamingChatResponseHandler() {
          @Override
          public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
          }

          @Override
          public void onError(Throwable error) {
            whole.completeExceptionally(error);
          }
        });
    return whole.join();
  }

  private static dev.langchain4j.model.chat.request.ChatRequest request(ChatRequest request) {
    return dev.langchain4j.model.chat.request.ChatRequest.builder()
        .modelName(request.model())
        .temperature(request.temperature())
        .maxOutputTokens(request.maxTokens())
        .messages(messages(request.messages()))
        .toolSpecifications(
            request.offeredTools().stream().map(LangChain4jModelClient::tool).toList())
        .build();
  }

  private static List<dev.langchain4j.data.message.ChatMessage> messages(
      List<ChatMessage> messages) {
    List<dev.langchain4j.data.message.ChatMessage> converted = new ArrayList<>();
    for (ChatMessage message : messages) {
      converted.add(
          switch (message.role()) {
            case "system" -> SystemMessage.from(message.text());
            case "user" -> UserMessage.from(message.text());
            case "tool" ->
                ToolExecutionResultMessage.from(message.toolCallId(), "", message.text());
            default -> assistant(message);
          });
    }
    return converted;
  }

  private static AiMessage assistant(ChatMessage message) {
    return AiMessage.builder()
        .text(message.content())
        .toolExecutionRequests(
            message.calls().stream()
                .map(
                    call ->
                        ToolExecutionRequest.builder()
                            .id(call.id())
                            .name(call.function().name())
                            .arguments(call.function().arguments())
                            .build())
                .toList())
        .build();
  }

  private static ToolSpecification tool(ToolDefinition tool) {
    JsonObjectSchema.Builder schema = JsonObjectSchema.builder();
    var parameters = tool.function().parameters();
    parameters
        .path("properties")
        .properties()
        .forEach(
            property ->
                schema.addProperty(
                    property.getKey(), JsonRawSchema.from(property.getValue().toString())));
    List<String> required = new ArrayList<>();
    parameters.path("required").forEach(name -> required.add(name.asText()));
    return ToolSpecification.builder()
        .name(tool.function().name())
        .description(tool.function().description())
        .parameters(schema.required(required).build())
        .build();
  }

  private static ChatReply reply(ChatResponse response) {
    AiMessage message = response.aiMessage();
    List<ToolCall> calls =
        message.toolExecutionRequests().stream()
            .map(call -> ToolCall.of(call.id(), call.name(), call.arguments()))
            .toList();
    return new ChatReply(
        response.modelName(),
        calls.isEmpty()
            ? ChatMessage.assistant(String.valueOf(message.text()))
            : ChatMessage.calling(calls),
        String.valueOf(response.finishReason()),
        null);
  }
}
