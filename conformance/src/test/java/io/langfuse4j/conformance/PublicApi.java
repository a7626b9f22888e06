package io.langfuse4j.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What anybody can read from a Langfuse server over HTTP. */
final class PublicApi {

  static final String PUBLIC_KEY = "pk-lf-conformance";
  static final String SECRET_KEY = "sk-lf-conformance";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;

  PublicApi(URI server) {
    this.server = server;
  }

  JsonNode trace(String id) {
    return get("/api/public/traces/" + id);
  }

  JsonNode tracesOfRelease(String release) {
    return get("/api/public/traces?limit=100&release=" + encoded(release)).path("data");
  }

  JsonNode session(String id) {
    return get("/api/public/sessions/" + encoded(id));
  }

  JsonNode observation(String id) {
    return get("/api/public/observations/" + id);
  }

  JsonNode observationsOfTrace(String traceId) {
    return get("/api/public/observations?limit=100&traceId=" + traceId).path("data");
  }

  JsonNode observationsNamed(String name) {
    return get("/api/public/observations?limit=100&name=" + encoded(name)).path("data");
  }

  JsonNode get(String path) {
    HttpResponse<String> response = send(request(path).GET().build());
    if (response.statusCode() != 200) {
      throw new AssertionError("GET " + path + ": " + response.statusCode() + response.body());
    }
    return json(response.body());
  }

  HttpResponse<String> post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    byte[] keys = (PUBLIC_KEY + ":" + SECRET_KEY).getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(server.resolve(path))
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(keys));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(request + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
