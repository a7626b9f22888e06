package io.langfuse4j.examples.helpdesk.libraries;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionAssistantMessageParam;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import io.langfuse4j.examples.helpdesk.chat.ChatMessage;
import io.langfuse4j.examples.helpdesk.chat.ChatReply;
import io.langfuse4j.examples.helpdesk.chat.ChatRequest;
import io.langfuse4j.examples.helpdesk.chat.ModelClient;
import io.langfuse4j.examples.helpdesk.chat.ProviderException;
import io.langfuse4j.examples.helpdesk.chat.RateLimitedException;
import io.langfuse4j.examples.helpdesk.chat.ToolCall;
import io.langfuse4j.examples.helpdesk.chat.ToolDefinition;
import java.time.Duration;
import java.util.List;

/** Asks with openai-java. Nothing here knows about tracing. */
final class OpenAIModelClient implements ModelClient {
  private final OpenAIClient client;

  OpenAIModelClient(OpenAIClient client) {
    this.client = client;
  }

  @Override
  public ChatReply ask(ChatRequest request) {
    try {
      return reply(request.wantsStream() ? stream(params(request)) : complete(params(request)));
    } catch (RateLimitException e) {
      throw new RateLimitedException(String.valueOf(e.getMessage()), retryAfter(e));
    } catch (OpenAIException e) {
      throw new ProviderException("openai-java got no answer", e);
    }
  }

  private ChatCompletion complete(ChatCompletionCreateParams params) {
    return client.chat().completions().create(params);
  }

  private ChatCompletion stream(ChatCompletionCreateParams params) {
    ChatCompletionAccumulator all = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(params)) {
      chunks.stream().forEach(all::accumulate);
    }
    return all.chatCompletion();
  }

  @SuppressWarnings("deprecation") // what replaces max_tokens is not known to all providers
  private static ChatCompletionCreateParams params(ChatRequest request) {
    ChatCompletionCreateParams.Builder params =
        ChatCompletionCreateParams.builder().model(request.model());
    if (request.temperature() != null) {
      params.temperature(request.temperature());
    }
    if (request.maxTokens() != null) {
      params.maxTokens(request.maxTokens().longValue());
    }
    if (request.wantsStream()) {
      params.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
    }
    request.messages().forEach(message -> add(params, message));
    request.offeredTools().forEach(tool -> params.addTool(tool(tool)));
    return params.build();
  }

  private static void add(ChatCompletionCreateParams.Builder params, ChatMessage message) {
    switch (message.role()) {
      case "system" -> params.addSystemMessage(message.text());
      case "user" -> params.addUserMessage(message.text());
      case "tool" ->
          params.addMessage(
              ChatCompletionToolMessageParam.builder()
                  .toolCallId(String.valueOf(message.toolCallId()))
                  .content(message.text())
                  .build());
      default -> params.addMessage(assistant(message));
    }
  }

  private static ChatCompletionAssistantMessageParam assistant(ChatMessage message) {
    ChatCompletionAssistantMessageParam.Builder assistant =
        ChatCompletionAssistantMessageParam.builder();
    if (message.content() != null) {
      assistant.content(message.content());
    }
    for (ToolCall call : message.calls()) {
      assistant.addToolCall(
          ChatCompletionMessageFunctionToolCall.builder()
              .id(call.id())
              .function(
                  ChatCompletionMessageFunctionToolCall.Function.builder()
                      .name(call.function().name())
                      .arguments(call.function().arguments())
                      .build())
              .build());
    }
    return assistant.build();
  }

  private static ChatCompletionFunctionTool tool(ToolDefinition tool) {
    FunctionParameters.Builder parameters = FunctionParameters.builder();
    JsonNode schema = tool.function().parameters();
    schema
        .properties()
        .forEach(
            property ->
                parameters.putAdditionalProperty(
                    property.getKey(), JsonValue.fromJsonNode(property.getValue())));
    return ChatCompletionFunctionTool.builder()
        .function(
            FunctionDefinition.builder()
                .name(tool.function().name())
                .description(tool.function().description())
                .parameters(parameters.build())
                .build())
        .build();
  }

  private static ChatReply reply(ChatCompletion completion) {
    ChatCompletion.Choice choice = completion.choices().get(0);
    ChatCompletionMessage message = choice.message();
    List<ToolCall> calls =
        message.toolCalls().orElse(List.of()).stream()
            .map(call -> call.asFunction())
            .map(
                call -> ToolCall.of(call.id(), call.function().name(), call.function().arguments()))
            .toList();
    return new ChatReply(
        completion.model(),
        calls.isEmpty()
            ? ChatMessage.assistant(message.content().orElse(""))
            : ChatMessage.calling(calls),
        choice.finishReason().asString(),
        null);
  }

  private static Duration retryAfter(RateLimitException e) {
    List<String> millis = e.headers().values("retry-after-ms");
    return millis.isEmpty()
        ? Duration.ofSeconds(1)
        : Duration.ofMillis(Long.parseLong(millis.get(0)));
  }
}
