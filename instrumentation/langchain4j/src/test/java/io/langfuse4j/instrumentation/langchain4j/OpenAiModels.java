package io.langfuse4j.instrumentation.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.List;
import java.util.Objects;

/** What the chat of the contract looks like with LangChain4j. */
final class OpenAiModels {

  /** What the library says of an answer without choices. */
  static final String NO_CHOICES =
      System.getProperty("expected.langchain4j", "1.11.0").equals("1.11.0")
          ? "Index 0 out of bounds for length 0"
          : "Chat completion failed: no choices returned in response";

  private OpenAiModels() {}

  /** A model that tries once. */
  static OpenAiChatModel chat(String url, ChatModelListener... listeners) {
    return OpenAiChatModel.builder()
        .apiKey("sk-test")
        .baseUrl(url)
        .modelName("gpt-4o")
        .temperature(0.2)
        .maxCompletionTokens(50)
        .maxRetries(0)
        .listeners(List.of(listeners))
        .build();
  }

  static OpenAiStreamingChatModel streaming(String url, ChatModelListener... listeners) {
    return OpenAiStreamingChatModel.builder()
        .apiKey("sk-test")
        .baseUrl(url)
        .modelName("gpt-4o")
        .temperature(0.2)
        .maxCompletionTokens(50)
        .listeners(List.of(listeners))
        .build();
  }

  static ChatRequest request(boolean withTools) {
    ChatRequest.Builder request =
        ChatRequest.builder()
            .messages(
                SystemMessage.from("Be brief."),
                UserMessage.from(withTools ? "What is the weather in Paris?" : "Hello?"));
    if (withTools) {
      request.toolSpecifications(
          ToolSpecification.builder().name("weather").description("Weather of a city").build());
    }
    return request.build();
  }

  /** Asks; refusals and answers without choices are exceptions in this library. */
  static String ask(ChatModel model, boolean withTools) {
    try {
      return Objects.toString(model.chat(request(withTools)).aiMessage().text(), "");
    } catch (ContentFilteredException e) {
      return "";
    } catch (RuntimeException e) {
      if (NO_CHOICES.equals(e.getMessage())) {
        return "";
      }
      throw e;
    }
  }

  static Class<? extends Throwable> exceptionFor(int status) {
    return switch (status) {
      case 400 -> InvalidRequestException.class;
      case 401 -> AuthenticationException.class;
      case 429 -> RateLimitException.class;
      default -> InternalServerException.class;
    };
  }
}
