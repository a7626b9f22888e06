package io.langfuse4j.server.store.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A storage that takes connections and never answers. */
class S3OutageTest {
  private static final String FILE =
      "{'traceId':'t','contentType':'text/plain','contentLength':5,'field':'input',"
          + "'sha256Hash':'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='}";

  @TempDir private Path folder;

  @Test
  void storageThatHangs_holdsUpFilesOnly_andIsSaid() throws Exception {
    List<Socket> taken = new CopyOnWriteArrayList<>();
    try (ServerSocket silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
      Thread taking = new Thread(() -> takeAll(silent, taken));
      taking.setDaemon(true);
      taking.start();
      URI endpoint = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      S3MediaSettings settings =
          new S3MediaSettings(
              "b", endpoint, "us-east-1", "", true, new S3MediaSettings.Keys("id", "secret"));
      try (TestServer server = TestServer.start(folder, builder -> builder.mediaOnS3(settings))) {
        JsonNode announced = server.send(201, "POST", "/api/public/media", FILE);
        HttpRequest upload =
            HttpRequest.newBuilder(URI.create(announced.get("uploadUrl").asText()))
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofString("hello"))
                .build();
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<CompletableFuture<HttpResponse<String>>> uploads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          uploads.add(client.sendAsync(upload, BodyHandlers.ofString()));
        }
        await().until(() -> !taken.isEmpty());

        for (int i = 0; i < 20; i++) {
          assertThat(server.get("/api/public/traces").statusCode()).isEqualTo(200);
        }
        assertThat(uploads).noneMatch(CompletableFuture::isDone);

        silent.close();
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> {
                  for (Socket socket : taken) {
                    socket.close();
                  }
                  return uploads.get(0).isDone();
                });
        HttpResponse<String> refused = uploads.get(0).join();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("s3://b/").contains("does not answer");
      }
    }
  }

  private static void takeAll(ServerSocket from, List<Socket> taken) {
    try {
      while (true) {
        taken.add(from.accept());
      }
    } catch (IOException e) {
      // Closed: the outage ends.
    }
  }
}
