package io.langfuse4j.server.store.media;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Versity's S3 gateway over a folder, which checks signatures and hashes; one process for all
 * tests. It is looked for where {@code LANGFUSE4J_S3_GATEWAY} says: {@code conformance/s3/run}.
 */
public final class S3Gateway {
  private static final S3MediaSettings.Keys KEYS =
      new S3MediaSettings.Keys("test-key", "test-secret-of-some-length");
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static URI url;
  private static Path folder;

  private S3Gateway() {}

  /** A bucket of the test's own. Skips the test where there is no gateway. */
  public static S3MediaSettings emptyBucket() {
    URI endpoint = url();
    String bucket = "test-" + ProcessHandle.current().pid() + "-" + BUCKETS.incrementAndGet();
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(KEYS.id(), KEYS.secret())))
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      client.createBucket(create -> create.bucket(bucket));
    }
    return new S3MediaSettings(bucket, endpoint, "us-east-1", "media/", true, KEYS);
  }

  /** Where the gateway keeps a bucket: every object is a file. */
  static Path folder(S3MediaSettings settings) {
    return folder.resolve(settings.bucket());
  }

  private static synchronized URI url() {
    if (url == null) {
      url = start();
    }
    return url;
  }

  private static URI start() {
    String gateway = System.getenv().getOrDefault("LANGFUSE4J_S3_GATEWAY", "");
    assumeTrue(!gateway.isEmpty(), "There is no S3 storage here: conformance/s3/run");
    try {
      folder = Files.createTempDirectory("langfuse4j-s3");
      int port = freePort();
      String address = "127.0.0.1:" + port;
      Process process =
          new ProcessBuilder(
                  gateway,
                  "--access",
                  KEYS.id(),
                  "--secret",
                  KEYS.secret(),
                  "--port",
                  address,
                  "--quiet",
                  "posix",
                  "--sidecar",
                  Files.createTempDirectory("langfuse4j-s3-metadata").toString(),
                  folder.toString())
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.INHERIT)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      Awaitility.await().until(() -> listens(port));
      return URI.create("http://" + address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
