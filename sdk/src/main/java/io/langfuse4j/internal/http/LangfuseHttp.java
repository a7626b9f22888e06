package io.langfuse4j.internal.http;

import io.langfuse4j.internal.SdkVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests to a Langfuse server. Everything that leaves the SDK goes through here, so that keys,
 * headers, proxy, TLS and time-outs are configured once.
 *
 * <p>Cleartext endpoints are spoken to in HTTP/1.1: left to itself the JDK client asks for an
 * upgrade to h2c, which breaks servers such as a local Langfuse.
 *
 * <p>Thread-safe. {@link #close()} ends its threads.
 */
public final class LangfuseHttp implements AutoCloseable {

  private static final AtomicInteger THREADS = new AtomicInteger();

  private final URI baseUrl;
  private final String publicKey;
  private final String authorization;
  private final Map<String, String> additionalHeaders;
  private final Duration timeout;
  private final ExecutorService executor;
  private final HttpClient client;
  private volatile boolean closed;

  /**
   * Creates the client; no connection is made yet.
   *
   * @param additionalHeaders sent with every request; they win over the SDK's own
   * @param timeout for connecting, and for the answer to one request
   */
  public LangfuseHttp(
      URI baseUrl,
      String publicKey,
      String secretKey,
      Map<String, String> additionalHeaders,
      Duration timeout) {
    this.baseUrl = baseUrl;
    this.publicKey = publicKey;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((publicKey + ":" + secretKey).getBytes(StandardCharsets.UTF_8));
    this.additionalHeaders = Map.copyOf(additionalHeaders);
    this.timeout = timeout;
    this.executor = Executors.newCachedThreadPool(LangfuseHttp::daemon);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .executor(executor)
            .followRedirects(HttpClient.Redirect.NORMAL);
    if ("http".equalsIgnoreCase(baseUrl.getScheme())) {
      builder.version(HttpClient.Version.HTTP_1_1);
    }
    this.client = builder.build();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "langfuse-http-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  public URI baseUrl() {
    return baseUrl;
  }

  public String publicKey() {
    return publicKey;
  }

  /** The base URL with {@code path} behind it, whatever slashes either has. */
  public URI resolve(String path) {
    return URI.create(baseUrl + (path.startsWith("/") ? path : "/" + path));
  }

  /** A request with credentials, SDK headers and time-out already set. */
  public HttpRequest.Builder request(URI uri) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(timeout)
            .header("Authorization", authorization)
            .header("x-langfuse-sdk-name", "java")
            .header("x-langfuse-sdk-version", SdkVersion.VERSION)
            .header("x-langfuse-public-key", publicKey);
    additionalHeaders.forEach(request::setHeader);
    return request;
  }

  /** Sends and reads the whole answer. */
  public HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    if (closed) {
      // Without its threads the client would never answer, not even with a time-out.
      throw new IOException("closed");
    }
    return Untraced.send(() -> client.send(request, HttpResponse.BodyHandlers.ofByteArray()));
  }

  @Override
  public void close() {
    closed = true;
    executor.shutdownNow();
  }
}
