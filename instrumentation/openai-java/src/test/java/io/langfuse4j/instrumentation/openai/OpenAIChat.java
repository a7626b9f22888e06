package io.langfuse4j.instrumentation.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.FunctionDefinition;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** What the chat of the contract looks like with this library. */
final class OpenAIChat {

  private OpenAIChat() {}

  /** A client that tries once. */
  static OpenAIClient client(String url) {
    return OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(url).maxRetries(0).build();
  }

  static ChatCompletionCreateParams params(boolean withTools, boolean streaming) {
    ChatCompletionCreateParams.Builder params =
        ChatCompletionCreateParams.builder()
            .model("gpt-4o")
            .addSystemMessage("Be brief.")
            .addUserMessage(withTools ? "What is the weather in Paris?" : "Hello?")
            .temperature(0.2)
            .maxCompletionTokens(50);
    if (withTools) {
      // As JSON: the class for a tool has another name in older versions.
      params.putAdditionalBodyProperty(
          "tools",
          JsonValue.from(
              List.of(
                  Map.of(
                      "type",
                      "function",
                      "function",
                      FunctionDefinition.builder()
                          .name("weather")
                          .description("Weather of a city")
                          .build()))));
    }
    if (streaming) {
      params.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
    }
    return params.build();
  }

  static Class<? extends Throwable> exceptionFor(int status) {
    return switch (status) {
      case 400 -> BadRequestException.class;
      case 401 -> UnauthorizedException.class;
      case 429 -> RateLimitException.class;
      default -> InternalServerException.class;
    };
  }

  static Throwable unwrapped(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }
}
