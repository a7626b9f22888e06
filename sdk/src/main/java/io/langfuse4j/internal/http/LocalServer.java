package io.langfuse4j.internal.http;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Looks for a server on this machine, once, for at most half a second. */
public final class LocalServer {

  /** Where a server listens unless it is told otherwise. */
  public static final URI ADDRESS = URI.create("http://127.0.0.1:3000");

  /** Whoever accepts on a loopback address does so at once. */
  private static final int CONNECT_TIMEOUT_MILLIS = 250;

  /** A server that has just been started, on a busy machine, takes longer for its first answer. */
  private static final int READ_TIMEOUT_MILLIS = 1_000;

  /** What was found. */
  public enum Found {
    LANGFUSE4J,
    OTHER_LANGFUSE,
    NONE
  }

  private final URI address;

  public LocalServer() {
    this(ADDRESS);
  }

  /** For tests. */
  public LocalServer(URI address) {
    this.address = address;
  }

  /** Asks for the health of whatever listens there. */
  public Found probe() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              address.resolve("/api/public/health").toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
      connection.setReadTimeout(READ_TIMEOUT_MILLIS);
      connection.setInstanceFollowRedirects(false);
      int status = connection.getResponseCode();
      String server = connection.getHeaderField("Server");
      connection.disconnect();
      return status == 200 ? found(server, connection.getContentType()) : Found.NONE;
    } catch (IOException | IllegalArgumentException e) {
      return Found.NONE;
    }
  }

  private static Found found(@Nullable String server, @Nullable String contentType) {
    if (server != null && server.startsWith("langfuse4j/")) {
      return Found.LANGFUSE4J;
    }
    boolean json = contentType != null && contentType.startsWith("application/json");
    return json ? Found.OTHER_LANGFUSE : Found.NONE;
  }
}
