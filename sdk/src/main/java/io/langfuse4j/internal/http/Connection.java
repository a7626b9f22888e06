package io.langfuse4j.internal.http;

import io.langfuse4j.internal.config.Configuration;
import io.langfuse4j.internal.config.Settings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/**
 * Where to send and with which keys, or why not to send at all.
 *
 * @param target null if tracing is off
 * @param level how loud {@code sentence} is
 * @param sentence what to say at the start
 */
public record Connection(@Nullable Target target, Level level, String sentence) {

  /** A server and the keys of a project on it. */
  public record Target(URI baseUrl, String publicKey, String secretKey) {}

  private static final URI CLOUD = URI.create("https://cloud.langfuse.com");
  private static final String LOCAL_PUBLIC_KEY = "pk-lf-local";
  private static final String LOCAL_SECRET_KEY = "sk-lf-local";

  /** Decides from the settings; asks the local server only if neither keys nor URL are set. */
  public static Connection decide(Configuration configuration, LocalServer localServer) {
    if (!configuration.get(Settings.TRACING_ENABLED)) {
      return off(
          Level.INFO,
          configuration.isMalformed(Settings.TRACING_ENABLED)
              ? "LANGFUSE_TRACING_ENABLED cannot be read."
              : "LANGFUSE_TRACING_ENABLED is false.");
    }
    if (configuration.isMalformed(Settings.BASE_URL)) {
      return off(Level.INFO, "LANGFUSE_BASE_URL cannot be read.");
    }
    String publicKey = configuration.find(Settings.PUBLIC_KEY);
    String secretKey = configuration.find(Settings.SECRET_KEY);
    URI baseUrl = configuration.find(Settings.BASE_URL);
    if (isSecret(publicKey) || isPublic(secretKey)) {
      return off(Level.WARNING, misplaced(publicKey, secretKey));
    }
    if (publicKey != null && secretKey != null) {
      return on(baseUrl == null ? CLOUD : baseUrl, publicKey, secretKey, "");
    }
    if (publicKey != null || secretKey != null) {
      String missing = publicKey == null ? "LANGFUSE_PUBLIC_KEY" : "LANGFUSE_SECRET_KEY";
      return off(Level.WARNING, missing + " is not set; both keys are needed.");
    }
    return withoutKeys(baseUrl, localServer);
  }

  /** The server that the settings name, whether tracing is on or not; null if they do not. */
  public static @Nullable Target given(Configuration configuration) {
    String publicKey = configuration.find(Settings.PUBLIC_KEY);
    String secretKey = configuration.find(Settings.SECRET_KEY);
    URI baseUrl = configuration.find(Settings.BASE_URL);
    if (configuration.isMalformed(Settings.BASE_URL)
        || isSecret(publicKey)
        || isPublic(secretKey)) {
      return null;
    }
    if (publicKey != null && secretKey != null) {
      return new Target(baseUrl == null ? CLOUD : baseUrl, publicKey, secretKey);
    }
    return publicKey == null && secretKey == null && baseUrl != null && isLoopback(baseUrl)
        ? new Target(baseUrl, LOCAL_PUBLIC_KEY, LOCAL_SECRET_KEY)
        : null;
  }

  /** The public key is part of what is sent, so a secret one must not pass for it. */
  private static boolean isSecret(@Nullable String key) {
    return key != null && key.startsWith("sk-lf-");
  }

  private static boolean isPublic(@Nullable String key) {
    return key != null && key.startsWith("pk-lf-");
  }

  private static String misplaced(@Nullable String publicKey, @Nullable String secretKey) {
    if (!isSecret(publicKey)) {
      return "LANGFUSE_SECRET_KEY is a public key (pk-lf-...); the secret one is needed.";
    }
    return isPublic(secretKey)
        ? "LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY are each in the other's place."
        : "LANGFUSE_PUBLIC_KEY is a secret key (sk-lf-...); the public one is needed.";
  }

  private static Connection withoutKeys(@Nullable URI baseUrl, LocalServer localServer) {
    if (baseUrl != null) {
      return isLoopback(baseUrl)
          ? on(baseUrl, LOCAL_PUBLIC_KEY, LOCAL_SECRET_KEY, ", without keys")
          : off(
              Level.WARNING,
              "LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY are not set; "
                  + baseUrl
                  + " needs them.");
    }
    return switch (localServer.probe()) {
      case LANGFUSE4J ->
          on(
              LocalServer.ADDRESS,
              LOCAL_PUBLIC_KEY,
              LOCAL_SECRET_KEY,
              ", the server found on this machine");
      case OTHER_LANGFUSE ->
          off(
              Level.WARNING,
              "the Langfuse at "
                  + LocalServer.ADDRESS
                  + " needs LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY, which are not set.");
      case NONE ->
          off(
              Level.INFO,
              "LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY are not set and no local server answers"
                  + " on "
                  + LocalServer.ADDRESS
                  + ".");
    };
  }

  private static Connection on(URI baseUrl, String publicKey, String secretKey, String remark) {
    return new Connection(
        new Target(baseUrl, publicKey, secretKey),
        Level.INFO,
        "Langfuse: sending traces to " + baseUrl + remark);
  }

  private static Connection off(Level level, String reason) {
    return new Connection(null, level, "Langfuse: tracing is off: " + reason);
  }

  private static boolean isLoopback(URI url) {
    String host = url.getHost();
    if (host.equals("localhost")) {
      return true;
    }
    try {
      // Literal addresses only: looking up a name here could block the application's start.
      return host.matches("[0-9.]+|\\[.*]") && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
