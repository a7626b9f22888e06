package io.langfuse4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowClientsTest {
  private static final String INGEST = "/api/public/otel/v1/traces";
  private static final int MEBIBYTE = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private Socket connect(TestServer server, String request) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    // As little as the system allows: what is not read stays with the server.
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  private static boolean sendsOneMore(Socket socket) {
    try {
      socket.getOutputStream().write(' ');
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void sendersOfABytePerMoment_areDisconnected() throws IOException {
    try (TestServer server =
        TestServer.start(folder, builder -> builder.clientPatience(PATIENCE))) {
      String head =
          "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n%s\r\n\r\n"
              .formatted(INGEST, "Content-Length: 1000000");
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        slow.add(connect(server, head));
      }
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> slow.stream().noneMatch(SlowClientsTest::sendsOneMore));
    }
  }

  @Test
  void senderOfALittleAtATime_butEnough_isServed() throws IOException {
    try (TestServer server =
        TestServer.start(folder, builder -> builder.clientPatience(PATIENCE.multipliedBy(4)))) {
      byte[] body =
          OtlpRequest.root(1, 1, "slow")
              .attribute("langfuse.observation.input", "x".repeat(4_000))
              .protobuf();
      Socket socket =
          connect(
              server,
              "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\n%s\r\n\r\n"
                  .formatted(INGEST, "Content-Length: " + body.length));
      int[] sent = {0};
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> {
                int length = Math.min(100, body.length - sent[0]);
                socket.getOutputStream().write(body, sent[0], length);
                sent[0] += length;
                return sent[0] == body.length;
              });
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
          .isEqualTo("HTTP/1.1 200");
    }
  }

  @Test
  void clientsThatDoNotRead_holdBoundedMemory_andNotForLong() throws IOException {
    try (TestServer server =
        TestServer.start(
            folder,
            builder ->
                builder.memoryBytes(64 * MEBIBYTE).clientPatience(PATIENCE.multipliedBy(4)))) {
      server.ingest(
          OtlpRequest.root(1, 1, "large")
              .attribute("langfuse.observation.input", "x".repeat(12 * MEBIBYTE)));
      String path = "/api/public/observations/" + OtlpRequest.spanId(1);
      assertThat(server.get(path).statusCode()).isEqualTo(200);

      for (int i = 0; i < 8; i++) {
        connect(server, get(path));
      }

      await().atMost(SOON).until(() -> server.get(path).statusCode() == 429);
      assertThat(server.get("/api/public/traces?limit=1&fields=core").statusCode()).isEqualTo(200);
      await().atMost(SOON).until(() -> server.get(path).statusCode() == 200);
    }
  }

  @Test
  void connectionsOverTheLimit_waitForOthersToClose() throws IOException {
    int limit = 16;
    try (TestServer server = TestServer.start(folder, builder -> builder.connections(limit))) {
      for (int i = 0; i < 2 * limit; i++) {
        connect(server, get("/api/public/health"));
      }
      await().atMost(SOON).until(() -> answered().size() >= limit);
      await().during(Duration.ofMillis(300)).until(() -> answered().size() == limit);

      // Chosen before the first is closed: each that closes lets another one be answered.
      List<Socket> answered = answered();
      for (Socket socket : answered) {
        socket.close();
      }
      sockets.removeAll(answered);
      await().atMost(SOON).until(() -> answered().size() == limit);
    }
  }

  private List<Socket> answered() throws IOException {
    List<Socket> answered = new ArrayList<>();
    for (Socket socket : sockets) {
      if (socket.getInputStream().available() > 0) {
        answered.add(socket);
      }
    }
    return answered;
  }
}
