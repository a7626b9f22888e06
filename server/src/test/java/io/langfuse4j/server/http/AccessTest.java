package io.langfuse4j.server.http;

import static io.langfuse4j.server.TestServer.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.server.LangfuseServer;
import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.StartException;
import io.langfuse4j.server.TestServer;
import io.langfuse4j.server.api.Project;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
  private static final Project PROJECT = new Project("p1", "One", "pk-1", "sk-1");

  @TempDir private Path folder;

  private TestServer withKeys() {
    return TestServer.start(folder, builder -> builder.requireKeys(true).project(PROJECT));
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void keysRequired_decidedByTheSecret() {
    try (TestServer server = withKeys()) {
      HttpRequest.Builder none = server.request("/api/public/traces");
      HttpResponse<String> refused = server.send(none);
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(parse(refused.body()))
          .isEqualTo(parse("{\"message\":\"No authorization header\"}"));

      HttpResponse<String> wrong =
          server.send(
              server.request("/api/public/traces").header("Authorization", basic("pk-1:sk-wrong")));
      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(parse(wrong.body()).path("message").asText())
          .isEqualTo("Invalid credentials. Confirm that you've configured the correct host.");

      HttpResponse<String> bearer =
          server.send(server.request("/api/public/traces").header("Authorization", "Bearer pk-1"));
      assertThat(bearer.statusCode()).isEqualTo(403);

      HttpResponse<String> right =
          server.send(
              server
                  .request("/api/public/projects")
                  .header("Authorization", basic("pk-other:sk-1")));
      assertThat(right.statusCode()).isEqualTo(200);
      assertThat(parse(right.body()).path("data").get(0).path("id").asText()).isEqualTo("p1");
    }
  }

  @Test
  void keysRequired_guardEverythingButHealth() {
    try (TestServer server = withKeys()) {
      assertThat(server.get("/api/public/health").statusCode()).isEqualTo(200);
      assertThat(server.get("/api/viewer/traces").statusCode()).isEqualTo(401);
      assertThat(server.get("/api/viewer/live").statusCode()).isEqualTo(401);
      assertThat(
              server
                  .post(
                      "/api/public/otel/v1/traces",
                      "application/json",
                      OtlpRequest.root(1, 1, "x").json().getBytes(StandardCharsets.UTF_8))
                  .statusCode())
          .isEqualTo(401);
      assertThat(
              server
                  .send(
                      server
                          .request("/api/public/otel/v1/traces")
                          .header("Authorization", basic("pk-1:sk-1"))
                          .header("Content-Type", "application/json")
                          .POST(BodyPublishers.ofString(OtlpRequest.root(1, 1, "x").json())))
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void signedIn_theCookieOpensWhatTheKeysOpen_untilSignedOut() {
    try (TestServer server = withKeys()) {
      assertThat(signIn(server, "pk-1:sk-wrong").statusCode()).isEqualTo(401);
      HttpResponse<String> signedIn = signIn(server, "pk-1:sk-1");
      String setCookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(setCookie)
          .matches(
              "langfuse4j-"
                  + server.port()
                  + "=[0-9a-f]{64}; Path=/api; HttpOnly; SameSite=Strict; Max-Age=604800");
      String cookie = "theme=dark; " + setCookie.substring(0, setCookie.indexOf(';'));

      assertThat(status(server, "GET", "/api/viewer/traces", cookie, null)).isEqualTo(200);
      assertThat(status(server, "GET", "/api/public/traces", cookie, null)).isEqualTo(200);
      assertThat(status(server, "DELETE", "/api/viewer/sign-in", cookie, server.url()))
          .isEqualTo(204);
      assertThat(status(server, "GET", "/api/public/traces", cookie, null)).isEqualTo(401);
    }
  }

  @Test
  void signedIn_pagesOfOtherPortsChangeNothing() {
    try (TestServer server = withKeys()) {
      String setCookie =
          signIn(server, "pk-1:sk-1").headers().firstValue("Set-Cookie").orElseThrow();
      String cookie = setCookie.substring(0, setCookie.indexOf(';'));
      String path = "/api/public/traces/none";

      assertThat(status(server, "DELETE", path, cookie, "http://127.0.0.1:1")).isEqualTo(403);
      assertThat(status(server, "DELETE", path, cookie, null)).isEqualTo(403);
      assertThat(status(server, "DELETE", path, cookie, server.url())).isNotEqualTo(403);
    }
  }

  private static HttpResponse<String> signIn(TestServer server, String pair) {
    return server.send(
        server
            .request("/api/viewer/sign-in")
            .header("Authorization", basic(pair))
            .POST(BodyPublishers.noBody()));
  }

  private static int status(
      TestServer server, String method, String path, String cookie, String origin) {
    HttpRequest.Builder request =
        server.request(path).header("Cookie", cookie).method(method, BodyPublishers.noBody());
    return server.send(origin == null ? request : request.header("Origin", origin)).statusCode();
  }

  @Test
  void withoutKeys_anyKeysAreAccepted() {
    try (TestServer server = TestServer.start(folder)) {
      assertThat(
              server
                  .send(
                      server
                          .request("/api/public/traces")
                          .header("Authorization", basic("anything:goes")))
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example, /api/public/traces,",
    "http://localhost:5173, /api/public/traces, http://localhost:5173",
    "https://evil.example, /api/public/health, *",
    "http://localhost:5173, /api/viewer/traces,",
  })
  void withoutKeys_pagesOfOtherMachinesReadNothing(String origin, String path, String allowed) {
    try (TestServer server = TestServer.start(folder)) {
      HttpResponse<String> response = server.send(server.request(path).header("Origin", origin));

      assertThat(response.headers().firstValue("Access-Control-Allow-Origin").orElse(null))
          .isEqualTo(allowed);
    }
  }

  @Test
  void withKeys_everyPageMayAsk() {
    try (TestServer server = withKeys()) {
      HttpResponse<String> preflight =
          server.send(
              server
                  .request("/api/public/traces")
                  .header("Origin", "https://app.example")
                  .header("Access-Control-Request-Headers", "authorization")
                  .method("OPTIONS", BodyPublishers.noBody()));

      assertThat(preflight.statusCode()).isEqualTo(204);
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
          .contains("authorization");
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
          .contains("GET", "DELETE");
    }
  }

  @Test
  void withoutKeys_foreignNameIsRefused() throws IOException {
    try (TestServer server = TestServer.start(folder);
        Socket socket = new Socket("127.0.0.1", server.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /api/public/traces HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 403").contains("--require-keys");
    }
  }

  @Test
  void otherThanLoopback_withoutKeys_doesNotStart() {
    assertThatThrownBy(() -> LangfuseServer.builder(folder).host("0.0.0.0").port(0).start())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("--require-keys");
  }

  @Test
  void otherThanLoopback_withWellKnownKeys_doesNotStart() {
    assertThatThrownBy(
            () -> LangfuseServer.builder(folder).host("0.0.0.0").port(0).requireKeys(true).start())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("LANGFUSE_INIT_PROJECT_SECRET_KEY");
  }

  @Test
  void otherThanLoopback_withKeys_starts() {
    try (TestServer server =
        TestServer.start(
            folder, builder -> builder.host("0.0.0.0").requireKeys(true).project(PROJECT))) {
      assertThat(server.port()).isPositive();
    }
  }

  @Test
  void portInUse_isSaidWithTheOption_andTheFolderIsReleased() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> LangfuseServer.builder(folder).port(port).start())
          .isInstanceOf(StartException.class)
          .hasMessageContaining(String.valueOf(port))
          .hasMessageContaining("--port");
    }
    TestServer.start(folder).close();
  }
}
