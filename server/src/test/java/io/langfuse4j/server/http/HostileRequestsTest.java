package io.langfuse4j.server.http;

import static io.langfuse4j.server.OtlpRequest.traceId;
import static io.langfuse4j.server.TestServer.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileRequestsTest {
  private static final String PATH = "/api/public/otel/v1/traces";
  private static final int MEBIBYTE = 1 << 20;

  @TempDir private Path folder;
  private TestServer server;

  @AfterEach
  void stillServes() {
    assertThat(server.get("/api/public/health").statusCode()).isEqualTo(200);
    server.ingest(OtlpRequest.root(999, 1, "afterwards"));
    assertThat(server.json("/api/public/traces/" + traceId(999)).path("name").asText())
        .isEqualTo("afterwards");
    server.close();
  }

  private HttpResponse<String> post(String encoding, byte[] body) {
    HttpRequest.Builder request =
        server.request(PATH).header("Content-Type", "application/x-protobuf");
    if (encoding != null) {
      request.header("Content-Encoding", encoding);
    }
    return server.send(request.POST(BodyPublishers.ofByteArray(body)));
  }

  @Test
  void fiftyMegabytePrompt_isStoredWhole() {
    server = TestServer.start(folder);
    String prompt = "x".repeat(50 * MEBIBYTE);
    byte[] body =
        OtlpRequest.root(1, 1, "large").attribute("langfuse.observation.input", prompt).protobuf();

    assertThat(post("gzip", gzip(body)).statusCode()).isEqualTo(200);

    HttpResponse<String> read = server.get("/api/public/observations/" + OtlpRequest.spanId(1));
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.body().length()).isGreaterThan(50 * MEBIBYTE);
    assertThat(read.body().indexOf(prompt)).isPositive();
  }

  @Test
  void bodyOverTheLimit_isRefusedAndClientReadsTheAnswer() {
    server = TestServer.start(folder, builder -> builder.bodyLimits(MEBIBYTE, 2 * MEBIBYTE));

    HttpResponse<String> announced = post(null, new byte[3 * MEBIBYTE]);
    assertThat(announced.statusCode()).isEqualTo(413);
    assertThat(announced.body()).contains("exceeds 1048576 bytes");
  }

  @Test
  void chunkedBodyOverTheLimit_isRefused() throws IOException {
    server = TestServer.start(folder, builder -> builder.bodyLimits(MEBIBYTE, 2 * MEBIBYTE));
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST "
                  + PATH
                  + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      byte[] chunk = new byte[0x10000];
      for (int i = 0; i < 17; i++) {
        out.write("10000\r\n".getBytes(StandardCharsets.UTF_8));
        out.write(chunk);
        out.write("\r\n".getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
      byte[] answer = new byte[12];
      assertThat(socket.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
      assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void zipBomb_isRefused() {
    server = TestServer.start(folder);

    HttpResponse<String> response = post("gzip", gzip(new byte[400 * MEBIBYTE]));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("expands to more than");
  }

  @Test
  void randomBytes_areRefusedOneByOne() {
    server = TestServer.start(folder);
    Random random = new Random(42);
    byte[] valid = OtlpRequest.root(5, 1, "valid").child(5, 2, 1, "child").protobuf();
    for (int i = 0; i < 300; i++) {
      byte[] body = valid.clone();
      for (int j = 0; j <= random.nextInt(4); j++) {
        body[random.nextInt(body.length)] = (byte) random.nextInt();
      }
      assertThat(post(i % 2 == 0 ? null : "gzip", body).statusCode()).isIn(200, 400);
    }
    String json = OtlpRequest.root(6, 1, "valid").json();
    for (int i = 0; i < 300; i++) {
      StringBuilder body = new StringBuilder(json);
      body.setCharAt(random.nextInt(body.length()), (char) (32 + random.nextInt(95)));
      HttpResponse<String> response =
          server.post(PATH, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
      assertThat(response.statusCode()).isIn(200, 400);
    }
  }

  @Test
  void deepJson_isAnswered() {
    server = TestServer.start(folder);
    String deep = "[".repeat(10_000) + "]".repeat(10_000);

    assertThat(
            server
                .post(PATH, "application/json", deep.getBytes(StandardCharsets.UTF_8))
                .statusCode())
        .isEqualTo(400);
    server.ingest(OtlpRequest.root(7, 71, "deep").attribute("langfuse.observation.input", deep));
    assertThat(
            server
                .json("/api/public/observations/" + OtlpRequest.spanId(71))
                .path("input")
                .asText())
        .isEqualTo(deep);
  }

  @Test
  void thousandRequestsAtOnce_areAllStored() {
    server = TestServer.start(folder);
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      HttpRequest request =
          server
              .request(PATH)
              .header("Content-Type", "application/x-protobuf")
              .POST(BodyPublishers.ofByteArray(OtlpRequest.root(i + 1, 1, "many").protobuf()))
              .build();
      answers.add(
          client.sendAsync(request, BodyHandlers.discarding()).thenApply(HttpResponse::statusCode));
    }

    assertThat(answers).allMatch(answer -> answer.join() == 200);
    assertThat(
            server
                .json("/api/public/traces?limit=1&name=many")
                .path("meta")
                .path("totalItems")
                .asInt())
        .isEqualTo(1_000);
  }

  @Test
  void slowClients_keepNobodyWaiting() throws IOException {
    server = TestServer.start(folder);
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket socket = new Socket("127.0.0.1", server.port());
        slow.add(socket);
        socket
            .getOutputStream()
            .write(
                ("POST "
                        + PATH
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 1000\r\n\r\n{")
                    .getBytes(StandardCharsets.UTF_8));
      }
      server.ingest(OtlpRequest.root(8, 1, "fast"));

      for (Socket socket : slow) {
        assertThat(socket.getInputStream().available()).as("is still waited for").isZero();
        socket.getOutputStream().write(" ".repeat(999).getBytes(StandardCharsets.UTF_8));
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
            .isEqualTo("HTTP/1.1 400");
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void memoryBudgetUsedUp_isAnsweredWithRetryAfter_andReleased() throws IOException {
    server = TestServer.start(folder, builder -> builder.memoryBytes(4 * MEBIBYTE));
    try (Socket holding = new Socket("127.0.0.1", server.port())) {
      OutputStream out = holding.getOutputStream();
      out.write(
          ("POST "
                  + PATH
                  + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Content-Length: 5000000\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      out.write(new byte[4 * MEBIBYTE - 1000]);
      out.flush();

      byte[] body =
          OtlpRequest.root(9, 1, "x")
              .attribute("langfuse.observation.input", "y".repeat(2000))
              .protobuf();
      await().until(() -> post(null, body).statusCode() == 429);
      assertThat(post(null, body).headers().firstValue("Retry-After")).contains("1");
    }
    await().until(() -> post(null, OtlpRequest.root(9, 1, "x").protobuf()).statusCode() == 200);
  }

  @Test
  void clientsThatLeave_doNotBreakOthers() throws IOException {
    server = TestServer.start(folder);
    for (int i = 0; i < 50; i++) {
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        socket
            .getOutputStream()
            .write(
                "GET /api/public/traces HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.UTF_8));
        socket.setSoLinger(true, 0);
      }
    }
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket
          .getOutputStream()
          .write("GARBAGE\r\n\r\n\u0000\u0001".getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      assertThat(in.readAllBytes()).isNotNull();
    }
  }
}
