package io.langfuse4j.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.server.store.LenientJson;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * A Langfuse, ours or any other, seen through its public API. A server that is busy or away is
 * asked again for a while. Not thread-safe.
 */
final class RemoteServer {
  static final ObjectMapper MAPPER = LenientJson.mapper();

  private static final int ATTEMPTS = 8;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final String url;
  private final String authorization;

  /**
   * @throws IOException if the address is none
   */
  RemoteServer(String url, String publicKey, String secretKey) throws IOException {
    if (!url.matches("https?://[^\\s/?#]+(/[^\\s?#]*)?")) {
      throw new IOException("the address must be one such as http://127.0.0.1:3000, not " + url);
    }
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    byte[] keys = (publicKey + ":" + secretKey).getBytes(StandardCharsets.UTF_8);
    this.authorization = "Basic " + Base64.getEncoder().encodeToString(keys);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return MAPPER.readTree(send(request(path).GET().build()));
  }

  JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    HttpRequest.BodyPublisher json =
        HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body));
    byte[] answer =
        send(request(path).header("Content-Type", "application/json").POST(json).build());
    return MAPPER.readTree(answer.length == 0 ? new byte[] {'{', '}'} : answer);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofMinutes(2))
        .header("Authorization", authorization);
  }

  private byte[] send(HttpRequest request) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      IOException failure;
      try {
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() < 300) {
          return answer.body();
        }
        failure = refused(request, answer);
        if (answer.statusCode() != 429 && answer.statusCode() < 500) {
          throw failure;
        }
      } catch (ConnectException | HttpTimeoutException e) {
        failure =
            new IOException(url + " does not answer: check --url and that the server runs", e);
      }
      if (attempt == ATTEMPTS) {
        throw failure;
      }
      TimeUnit.MILLISECONDS.sleep(250L << Math.min(attempt, 5));
    }
  }

  private static IOException refused(HttpRequest request, HttpResponse<byte[]> answer) {
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    if (answer.statusCode() == 401) {
      return new IOException(
          "the server refused the keys: set LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY");
    }
    return new IOException(
        request.method()
            + " "
            + request.uri().getPath()
            + " was answered with "
            + answer.statusCode()
            + ": "
            + body.substring(0, Math.min(body.length(), 300)));
  }
}
