package io.langfuse4j.examples.helpdesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** Reads traces back through Langfuse's public API, to see that they arrived as they should. */
final class TraceReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI baseUrl;
  private final String authorization;
  private final Duration patience;

  /**
   * A reader.
   *
   * @param patience how long a trace may take to appear; Langfuse Cloud needs some seconds
   */
  TraceReader(URI baseUrl, String publicKey, String secretKey, Duration patience) {
    this.baseUrl = baseUrl;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((publicKey + ":" + secretKey).getBytes(StandardCharsets.UTF_8));
    this.patience = patience;
  }

  /** A reader with the same keys as the SDK. */
  static TraceReader fromEnvironment() {
    return new TraceReader(
        URI.create(variable("LANGFUSE_BASE_URL", "http://127.0.0.1:3000")),
        variable("LANGFUSE_PUBLIC_KEY", ""),
        variable("LANGFUSE_SECRET_KEY", ""),
        Duration.ofSeconds(60));
  }

  private static String variable(String name, String otherwise) {
    return Objects.requireNonNullElse(System.getenv(name), otherwise);
  }

  /**
   * Waits until the answer's trace is there and complete.
   *
   * @return what is wrong with it; empty if nothing is
   */
  String problemWith(Answer answer) {
    Instant deadline = Instant.now().plus(patience);
    while (true) {
      String problem = problemNow(answer);
      if (problem.isEmpty() || Instant.now().isAfter(deadline)) {
        return problem;
      }
      pause();
    }
  }

  private String problemNow(Answer answer) {
    try {
      HttpResponse<String> response =
          http.send(request(answer.traceId()), HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200
          ? problem(JSON.readTree(response.body()), answer)
          : "HTTP " + response.statusCode();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private HttpRequest request(String traceId) {
    return HttpRequest.newBuilder(URI.create(baseUrl + "/api/public/traces/" + traceId))
        .timeout(Duration.ofSeconds(10))
        .header("Authorization", authorization)
        .build();
  }

  private static String problem(JsonNode trace, Answer answer) {
    Set<String> ids = new HashSet<>();
    trace.path("observations").forEach(observation -> ids.add(observation.path("id").asText()));
    boolean answered = false;
    for (JsonNode observation : trace.path("observations")) {
      String parent = observation.path("parentObservationId").asText("");
      if (observation.path("endTime").isNull()) {
        return observation.path("name").asText() + " has no end";
      }
      if (!parent.isEmpty() && !ids.contains(parent)) {
        return observation.path("name").asText() + " has no parent";
      }
      answered |= parent.isEmpty() && observation.path("output").asText().equals(answer.text());
    }
    return answered ? "" : "the answer is not in it";
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
