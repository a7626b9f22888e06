package io.langfuse4j.instrumentation.genai;

import com.google.genai.Client;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import com.google.genai.types.Tool;
import io.langfuse4j.Langfuse;
import java.util.List;

/** What the chat of the contract looks like with this library. */
final class GeminiChat {

  private GeminiChat() {}

  /** A client that tries once. */
  static Client client(Langfuse langfuse, String url) {
    return configured(Client.builder(), langfuse, url);
  }

  /** One of Vertex AI, which alone makes images in newer versions. */
  static Client vertexClient(Langfuse langfuse, String url) {
    return configured(Client.builder().vertexAI(true), langfuse, url);
  }

  private static Client configured(Client.Builder builder, Langfuse langfuse, String url) {
    return builder
        .apiKey("key")
        .httpOptions(
            HttpOptions.builder()
                .baseUrl(url)
                .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                .build())
        .clientOptions(LangfuseGoogleGenAI.builder(langfuse).clientOptions())
        .build();
  }

  static String question(boolean withTools) {
    return withTools ? "What is the weather in Paris?" : "Hello?";
  }

  static GenerateContentConfig configuration(boolean withTools) {
    GenerateContentConfig.Builder config =
        GenerateContentConfig.builder()
            .systemInstruction(Content.fromParts(Part.fromText("Be brief.")))
            .temperature(0.2f)
            .maxOutputTokens(50);
    if (withTools) {
      config.tools(
          Tool.builder()
              .functionDeclarations(
                  FunctionDeclaration.builder()
                      .name("weather")
                      .description("Weather of a city")
                      .build())
              .build());
    }
    return config.build();
  }

  static String textOf(GenerateContentResponse response) {
    // The library cannot say that there is no text.
    boolean none = response.candidates().map(List::isEmpty).orElse(true);
    String text = none ? null : response.text();
    return text == null ? "" : text;
  }

  static Class<? extends Throwable> exceptionFor(int status) {
    return status < 500 ? ClientException.class : ServerException.class;
  }
}
