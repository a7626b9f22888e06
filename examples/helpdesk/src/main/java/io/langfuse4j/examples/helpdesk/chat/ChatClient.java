package io.langfuse4j.examples.helpdesk.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Speaks to one provider. Thread-safe. */
public final class ChatClient {
  static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final URI completions;
  private final @Nullable String apiKey;

  // Over cleartext a client at its defaults asks for an upgrade to HTTP/2, which some servers drop.
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /**
   * A client.
   *
   * @param baseUrl where {@code /chat/completions} is found, for example {@code
   *     http://localhost:11434/v1}
   * @param apiKey null for a provider that needs none
   */
  public ChatClient(URI baseUrl, @Nullable String apiKey) {
    this.completions = URI.create(baseUrl.toString().replaceAll("/+$", "") + "/chat/completions");
    this.apiKey = apiKey;
  }

  /** Asks for a reply in one piece. */
  public ChatReply complete(ChatRequest request) {
    try (InputStream body = send(request)) {
      return reply(JSON.readTree(body));
    } catch (IOException e) {
      throw new ProviderException(completions + " did not answer in full", e);
    }
  }

  /** Asks for a reply token by token, and puts it together. */
  public ChatReply stream(ChatRequest request, StreamListener listener) {
    try (InputStream body = send(request.streamed())) {
      return new StreamReader(request.model(), listener).read(body);
    } catch (IOException e) {
      throw new ProviderException(completions + " broke off its answer", e);
    }
  }

  private InputStream send(ChatRequest request) throws IOException {
    HttpResponse<InputStream> response = exchange(httpRequest(request));
    if (response.statusCode() == 200) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      throw refusal(response, new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private HttpRequest httpRequest(ChatRequest request) throws JsonProcessingException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(completions)
            .timeout(Duration.ofMinutes(2))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)));
    if (apiKey != null) {
      builder.header("Authorization", "Bearer " + apiKey);
    }
    return builder.build();
  }

  private HttpResponse<InputStream> exchange(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new ProviderException("No answer from " + completions + " (see --base-url)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderException("Interrupted while waiting for " + completions, e);
    }
  }

  private static ProviderException refusal(HttpResponse<?> response, String body) {
    String message = "HTTP " + response.statusCode() + ": " + errorMessage(body);
    return response.statusCode() == 429
        ? new RateLimitedException(message, retryAfter(response))
        : new ProviderException(message);
  }

  private static String errorMessage(String body) {
    try {
      return JSON.readTree(body).path("error").path("message").asText(body);
    } catch (JsonProcessingException e) {
      return body;
    }
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    OptionalLong millis = response.headers().firstValueAsLong("retry-after-ms");
    return millis.isPresent()
        ? Duration.ofMillis(millis.getAsLong())
        : Duration.ofSeconds(response.headers().firstValueAsLong("retry-after").orElse(1));
  }

  private static ChatReply reply(JsonNode body) throws JsonProcessingException {
    JsonNode choice = body.path("choices").path(0);
    return new ChatReply(
        body.path("model").asText(),
        JSON.treeToValue(choice.path("message"), ChatMessage.class),
        choice.path("finish_reason").asText(),
        usage(body));
  }

  static @Nullable Usage usage(JsonNode body) throws JsonProcessingException {
    return body.hasNonNull("usage") ? JSON.treeToValue(body.path("usage"), Usage.class) : null;
  }
}
