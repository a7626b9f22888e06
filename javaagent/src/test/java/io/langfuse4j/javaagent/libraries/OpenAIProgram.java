package io.langfuse4j.javaagent.libraries;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;

/** An application that knows openai-java and nothing of Langfuse. */
final class OpenAIProgram {

  private OpenAIProgram() {}

  public static void main(String[] args) {
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder().model("gpt-4o").addUserMessage("Hello?").build();
    OpenAIClient client =
        OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(args[0]).maxRetries(0).build();
    System.out.println(
        client.chat().completions().create(params).choices().get(0).message().content().get());
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      System.out.println(stream.stream().count() + " chunks");
    }
    OpenAIOkHttpClientAsync.builder()
        .apiKey("sk-test")
        .baseUrl(args[0])
        .maxRetries(0)
        .build()
        .chat()
        .completions()
        .create(params)
        .exceptionally(
            thrown -> {
              System.out.println(thrown.getCause().getClass().getSimpleName());
              return null;
            })
        .join();
    System.out.println(
        knows("io.langfuse4j.Langfuse") + " " + knows("io.opentelemetry.api.trace.Span"));
    System.exit(0);
  }

  private static boolean knows(String name) {
    try {
      Class.forName(name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
