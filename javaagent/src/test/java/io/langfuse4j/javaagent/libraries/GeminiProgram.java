package io.langfuse4j.javaagent.libraries;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;

/** An application that knows Google's client for Gemini and nothing of Langfuse. */
final class GeminiProgram {

  private GeminiProgram() {}

  public static void main(String[] args) {
    Client client =
        Client.builder()
            .apiKey("key")
            .httpOptions(
                HttpOptions.builder()
                    .baseUrl(args[0])
                    .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                    .build())
            .build();
    System.out.println(client.models.generateContent("gemini-2.5-flash", "Hello?", null).text());
    client
        .async
        .models
        .generateContent("gemini-2.5-flash", "Hello?", null)
        .exceptionally(
            thrown -> {
              System.out.println(thrown.getCause().getClass().getSimpleName());
              return null;
            })
        .join();
    System.exit(0);
  }
}
