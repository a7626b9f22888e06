package io.langfuse4j.server;

import io.langfuse4j.server.api.Project;
import io.langfuse4j.server.store.clickhouse.ClickHouseSettings;
import io.langfuse4j.server.store.media.S3MediaSettings;
import io.langfuse4j.server.store.postgres.PostgresSettings;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server was asked to be, and what is wrong with that. {@link LangfuseServer.Builder} says
 * what each means; it alone changes them.
 */
final class ServerSettings {
  private static final long MEBIBYTE = 1L << 20;

  final Path dataDir;
  String host = "127.0.0.1";
  int port = 3000;
  boolean ownProcess;
  boolean requireKeys;
  Project project = Project.LOCAL;
  @Nullable Project organization;
  Clock clock = Clock.systemUTC();
  long bodyLimit = 64 * MEBIBYTE;
  long expandedLimit = 128 * MEBIBYTE;
  int connections = 8_192;
  Duration clientPatience = Duration.ofSeconds(30);
  Duration storePatience = Duration.ofSeconds(5);
  @Nullable Duration keep;
  long keepBytes = Long.MAX_VALUE;
  @Nullable Path requestLog;
  @Nullable ClickHouseSettings clickHouse;
  @Nullable PostgresSettings metadata;
  @Nullable S3MediaSettings mediaOnS3;
  long mediaLimit = 1_000_000_000;
  long journalBytes = 1024 * MEBIBYTE;
  long memoryBytes = Math.max(64 * MEBIBYTE, Runtime.getRuntime().maxMemory() / 4);

  ServerSettings(Path dataDir) {
    this.dataDir = Objects.requireNonNull(dataDir, "dataDir");
  }

  /**
   * Looks at what can be seen before anything is opened.
   *
   * @throws StartException if the server cannot be that
   */
  void check() {
    checkPort();
    checkExposure();
    checkKeeping();
    checkMetadata();
  }

  private void checkPort() {
    if (port < 0 || port > 65_535) {
      throw new StartException("--port must be from 0 to 65535, not " + port + ".");
    }
  }

  /** What is less than nothing would delete everything. */
  private void checkKeeping() {
    if (keep != null && (keep.isZero() || keep.isNegative())) {
      throw new StartException("--keep-days must be at least 1, or not be given to keep all.");
    }
    if (keepBytes <= 0) {
      throw new StartException("--keep-megabytes must be at least 1, or not be given to keep all.");
    }
  }

  private void checkMetadata() {
    if (metadata != null && clickHouse == null) {
      throw new StartException(
          "--metadata-url needs --store clickhouse: the embedded store keeps everything in its"
              + " folder.");
    }
  }

  private void checkExposure() {
    if (requireKeys) {
      if (project.publicKey().isBlank() || project.secretKey().isBlank()) {
        throw new StartException(
            "--require-keys needs keys: set LANGFUSE_INIT_PROJECT_PUBLIC_KEY and"
                + " LANGFUSE_INIT_PROJECT_SECRET_KEY.");
      }
      if (project.secretKey().equals(Project.LOCAL.secretKey())) {
        throw new StartException(
            "--require-keys needs keys of your own: set LANGFUSE_INIT_PROJECT_PUBLIC_KEY and"
                + " LANGFUSE_INIT_PROJECT_SECRET_KEY.");
      }
    } else if (!isLoopback()) {
      throw new StartException(
          "Listening on "
              + host
              + " would show all traces to the network: add --require-keys and set"
              + " LANGFUSE_INIT_PROJECT_PUBLIC_KEY and LANGFUSE_INIT_PROJECT_SECRET_KEY, or use"
              + " --host 127.0.0.1.");
    }
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new StartException("--host " + host + " is not a known address.", e);
    }
  }

  /**
   * What to change if the address could not be listened on; the failure itself if it is another.
   */
  RuntimeException cannotListen(RuntimeException e) {
    if (!(e.getCause() instanceof SocketException refused)) {
      return e;
    }
    String reason = String.valueOf(refused.getMessage());
    if (reason.contains("ermission denied")) {
      return new StartException(
          "Port "
              + port
              + " is for privileged processes only. Choose one from 1024 with --port, or put a"
              + " proxy before it.",
          e);
    }
    if (reason.contains("annot assign")) {
      return new StartException(
          "--host " + host + " is not an address of this machine. 0.0.0.0 stands for all.", e);
    }
    return new StartException(
        "Port "
            + port
            + " on "
            + host
            + " is in use. Choose another with --port (0 picks a free one), or stop what uses"
            + " it.",
        e);
  }
}
