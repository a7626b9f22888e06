package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Files that are larger than what requests may have, and than what they may hold in memory. */
class LargeMediaTest {
  private static final int SIZE = 9_000_001;
  private static final long MEMORY = 2 << 20;
  private static final Duration SOON = Duration.ofSeconds(30);

  /** The server soon disconnects clients that do nothing. */
  private static final String IMPATIENT = "impatient";

  @TempDir private Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private TestServer server;

  @BeforeEach
  void start(TestInfo test) {
    Duration patience = Duration.ofSeconds(test.getTags().contains(IMPATIENT) ? 2 : 30);
    server =
        TestServer.start(
            folder,
            builder ->
                builder
                    .bodyLimits(1 << 20, 1 << 20)
                    .memoryBytes(MEMORY)
                    .mediaLimit(SIZE)
                    .clientPatience(patience));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] bytes() {
    byte[] bytes = new byte[SIZE];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static byte[] hash(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private JsonNode announce(byte[] bytes) throws Exception {
    return server.send(
        201,
        "POST",
        "/api/public/media",
        "{'traceId':'t','contentType':'video/mp4','contentLength':%d,'sha256Hash':'%s','field':'input'}"
            .formatted(bytes.length, Base64.getEncoder().encodeToString(hash(bytes))));
  }

  private HttpResponse<String> put(JsonNode announced, BodyPublisher body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(announced.get("uploadUrl").asText()))
            .header("Content-Type", "video/mp4")
            .PUT(body)
            .build(),
        BodyHandlers.ofString());
  }

  /** Without a length: in chunks. */
  private static BodyPublisher chunked(byte[] bytes) {
    return BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(List.of(bytes, new byte[0])));
  }

  private URI content(JsonNode announced) {
    String id = announced.get("mediaId").asText();
    return URI.create(server.json("/api/public/media/" + id).get("url").asText());
  }

  private static String line(BufferedReader answer) {
    try {
      return answer.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long drafts() throws IOException {
    if (!Files.exists(folder.resolve("uploads"))) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder.resolve("uploads"))) {
      return files.count();
    }
  }

  @Test
  void file_isKeptAndReadWholeAndInParts() throws Exception {
    byte[] bytes = bytes();
    JsonNode announced = announce(bytes);

    assertThat(put(announced, BodyPublishers.ofByteArray(bytes)).statusCode()).isEqualTo(200);

    URI content = content(announced);
    HttpResponse<InputStream> whole =
        client.send(
            HttpRequest.newBuilder(content).header("Accept-Encoding", "gzip").build(),
            BodyHandlers.ofInputStream());
    assertThat(whole.headers().firstValueAsLong("content-length")).hasValue(SIZE);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream body = whole.body()) {
      digest.update(body.readAllBytes());
    }
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo(HexFormat.of().formatHex(hash(bytes)));
    HttpResponse<byte[]> part =
        client.send(
            HttpRequest.newBuilder(content).header("Range", "bytes=5000000-7999999").build(),
            BodyHandlers.ofByteArray());
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(ByteBuffer.wrap(part.body()))
        .isEqualTo(ByteBuffer.wrap(bytes, 5_000_000, 3_000_000));
    HttpResponse<String> head =
        client.send(
            HttpRequest.newBuilder(content).method("HEAD", BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertThat(head.headers().firstValueAsLong("content-length")).hasValue(SIZE);
    assertThat(drafts()).isZero();
  }

  @Test
  void file_longerThanAnnounced_orOfUnknownLength_isRefusedBeforeItIsRead() throws Exception {
    JsonNode announced = announce(bytes());

    assertThat(put(announced, BodyPublishers.ofByteArray(new byte[SIZE + 1])).statusCode())
        .isEqualTo(413);
    assertThat(put(announced, chunked("hello".getBytes(StandardCharsets.US_ASCII))).statusCode())
        .isEqualTo(411);
    assertThat(folder.resolve("uploads")).doesNotExist();
  }

  /** By hand, because no client may stop sending when the answer comes early. */
  @Test
  void fileOfUnknownLength_whoseClientSendsItAllFirst_isRefusedSoThatTheClientReadsWhy()
      throws Exception {
    URI url = URI.create(announce(bytes()).get("uploadUrl").asText());
    byte[] piece = new byte[0x10000];
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      String head =
          "PUT %s?%s HTTP/1.1\r\nHost: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
              .formatted(url.getRawPath(), url.getRawQuery(), url.getAuthority());
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 12; i++) {
        out.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(piece);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(answer.readLine()).startsWith("HTTP/1.1 411");
      // A connection that is closed under what is still being sent takes the answer with it.
      assertThat(Stream.generate(() -> line(answer)).takeWhile(line -> !line.isEmpty()))
          .isNotEmpty()
          .doesNotContain("Connection: close");
    }
    assertThat(folder.resolve("uploads")).doesNotExist();
  }

  @Test
  void otherBytes_ofTheSameLength_areRefusedAndGone() throws Exception {
    byte[] bytes = bytes();
    JsonNode announced = announce(bytes);
    bytes[SIZE - 1]++;

    HttpResponse<String> refused = put(announced, BodyPublishers.ofByteArray(bytes));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("announced");
    await().untilAsserted(() -> assertThat(drafts()).isZero());
  }

  @Test
  void file_thatCannotBeWritten_isRefusedSoThatTheClientReadsWhy() throws Exception {
    byte[] bytes = bytes();
    JsonNode announced = announce(bytes);
    Files.writeString(folder.resolve("uploads"), "not a folder");

    HttpResponse<String> refused = put(announced, BodyPublishers.ofByteArray(bytes));

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.body()).contains("The file could not be written");
  }

  @Test
  void announcement_ofMoreThanTheLimit_isRefusedAtOnce() throws Exception {
    HttpResponse<String> refused =
        server.send(
            "POST",
            "/api/public/media",
            "{'traceId':'t','contentType':'video/mp4','contentLength':%d,'sha256Hash':'%s','field':'input'}"
                .formatted(SIZE + 1, Base64.getEncoder().encodeToString(new byte[32])));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("at most " + SIZE + " bytes");
  }

  @Test
  @Tag(IMPATIENT)
  void clients_thatGoAwayOrSendNothingMore_leaveNoPartBehind() throws Exception {
    JsonNode announced = announce(bytes());
    URI target = URI.create(announced.get("uploadUrl").asText());
    try (Socket gone = begun(target);
        Socket silent = begun(target)) {
      await().atMost(SOON).untilAsserted(() -> assertThat(drafts()).isEqualTo(2));
      gone.close();
      await().atMost(SOON).untilAsserted(() -> assertThat(drafts()).isZero());
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
  }

  private Socket begun(URI target) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    OutputStream out = socket.getOutputStream();
    out.write(
        ("PUT %s?%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
                .formatted(target.getRawPath(), target.getRawQuery(), SIZE))
            .getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[1_000_000]);
    out.flush();
    return socket;
  }

  @Test
  @Tag(IMPATIENT)
  void reader_thatStops_isDisconnected_andOthersAreServed() throws Exception {
    byte[] bytes = bytes();
    JsonNode announced = announce(bytes);
    put(announced, BodyPublishers.ofByteArray(bytes));
    URI content = content(announced);
    try (Socket reader = new Socket("127.0.0.1", server.port())) {
      reader
          .getOutputStream()
          .write(
              ("GET %s?%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                      .formatted(content.getRawPath(), content.getRawQuery()))
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(reader.getInputStream().read()).isEqualTo('H');

      for (int i = 0; i < 3; i++) {
        assertThat(
                client
                    .send(HttpRequest.newBuilder(content).build(), BodyHandlers.ofByteArray())
                    .body())
            .hasSize(SIZE);
      }
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(server.get("/metrics").body())
                      .containsPattern("http_request_seconds_count.*content.*status=\"200\"} 4"));
    }
  }
}
