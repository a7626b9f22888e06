package io.langfuse4j.javaagent.libraries;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import com.anthropic.models.messages.MessageCreateParams;

/** An application that knows anthropic-java and nothing of Langfuse. */
final class AnthropicProgram {

  private AnthropicProgram() {}

  public static void main(String[] args) {
    MessageCreateParams params =
        MessageCreateParams.builder()
            .model("claude-sonnet-4-5")
            .maxTokens(50)
            .addUserMessage("Hello?")
            .build();
    System.out.println(
        AnthropicOkHttpClient.builder()
            .apiKey("key")
            .baseUrl(args[0])
            .maxRetries(0)
            .build()
            .messages()
            .create(params)
            .content()
            .get(0)
            .asText()
            .text());
    AnthropicOkHttpClientAsync.builder()
        .apiKey("key")
        .baseUrl(args[0])
        .maxRetries(0)
        .build()
        .messages()
        .create(params)
        .exceptionally(
            thrown -> {
              System.out.println(thrown.getCause().getClass().getSimpleName());
              return null;
            })
        .join();
    System.exit(0);
  }
}
