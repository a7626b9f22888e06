package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of a few megabytes, which fills up or turns read-only. Needs the right to mount one. */
class DiskFaultsIT {
  private static final String TRACES = "/api/public/otel/v1/traces";
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private Path disk;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Random random = new Random(1);
  private final Set<Integer> acknowledged = new HashSet<>();
  private int next = 1;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString()),
        "this user may not mount a file system");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "--lazy", disk.toString());
  }

  private static boolean run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  private ServerProcess start() throws Exception {
    return ServerProcess.run(Map.of(), "--port", "0", "--data", disk.resolve("data").toString());
  }

  private int send(ServerProcess server) throws Exception {
    byte[] noise = new byte[20_000];
    random.nextBytes(noise);
    int trace = next++;
    OtlpRequest request =
        OtlpRequest.root(trace, 1, "run")
            .attribute("langfuse.observation.input", HexFormat.of().formatHex(noise));
    int status = server.send(client, TRACES, request).statusCode();
    if (status == 200) {
      acknowledged.add(trace);
    }
    return status;
  }

  private void assertReadable(ServerProcess server) throws Exception {
    HttpResponse<String> list = server.send(client, "/api/public/traces?limit=1", null);
    assertThat(list.statusCode()).as(list.body()).isEqualTo(200);
  }

  private void assertEverythingIsThere(ServerProcess server) throws Exception {
    for (int trace : acknowledged) {
      String path = "/api/public/traces/" + OtlpRequest.traceId(trace);
      assertThat(server.send(client, path, null).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void diskFull_isSaid_readsGoOn_andNothingAcknowledgedIsLost() throws Exception {
    try (ServerProcess server = start()) {
      int status = send(server);
      for (int i = 0; i < 500 && status == 200; i++) {
        status = send(server);
      }
      assertThat(status).isIn(429, 503);
      assertThat(acknowledged).isNotEmpty();
      assertReadable(server);

      assertThat(run("mount", "-o", "remount,size=64m", disk.toString())).isTrue();
      await().atMost(SOON).until(() -> send(server) == 200);
      assertEverythingIsThere(server);
      server.kill();
    }
    try (ServerProcess server = start()) {
      assertEverythingIsThere(server);
      server.kill();
    }
  }

  @Test
  void diskFull_andKilled_startsAgainWithEverythingAcknowledged() throws Exception {
    try (ServerProcess server = start()) {
      int status = 200;
      for (int i = 0; i < 500 && status == 200; i++) {
        status = send(server);
      }
      server.kill();
    }
    assertThat(run("mount", "-o", "remount,size=64m", disk.toString())).isTrue();
    try (ServerProcess server = start()) {
      assertEverythingIsThere(server);
      server.kill();
    }
  }

  @Test
  void readOnlyDisk_atTheStart_isSaidInOneLine() throws Exception {
    try (ServerProcess server = start()) {
      server.kill();
    }
    assertThat(run("mount", "-o", "remount,ro", disk.toString())).isTrue();

    try (ServerProcess server = start()) {
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.output()).hasSize(1);
      assertThat(server.output().get(0)).contains("cannot be");
    }
  }
}
