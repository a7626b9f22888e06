package io.langfuse4j.instrumentation.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.models.messages.MessageCreateParams;
import io.langfuse4j.instrumentation.testing.StubProvider;
import java.util.List;

/** What the chat of the contract looks like with this library. */
final class AnthropicChat {

  private AnthropicChat() {}

  /** A client that tries once. */
  static AnthropicClient client(String url) {
    return AnthropicOkHttpClient.builder().apiKey("sk-test").baseUrl(url).maxRetries(0).build();
  }

  static MessageCreateParams params(boolean withTools) {
    MessageCreateParams.Builder params =
        MessageCreateParams.builder()
            .model("claude-sonnet-4-5")
            .system("Be brief.")
            .addUserMessage(withTools ? "What is the weather in Paris?" : "Hello?")
            // As JSON: newer versions have no method for it.
            .putAdditionalBodyProperty("temperature", JsonValue.from(0.2))
            .maxTokens(50);
    if (withTools) {
      params.putAdditionalBodyProperty(
          "tools", JsonValue.from(List.of(StubProvider.parsed(AnthropicWire.TOOL))));
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
}
