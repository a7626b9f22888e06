package io.langfuse4j.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Asks the Langfuse server for the project of the keys, on request of {@code
 * langfuse.verify-on-startup}. Otherwise wrong keys are a warning when the first trace is refused.
 */
final class StartupCheck {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Environment environment;

  StartupCheck(Environment environment) {
    this.environment = environment;
  }

  void run() {
    String baseUrl = setting("langfuse.base-url", "LANGFUSE_BASE_URL", "LANGFUSE_HOST");
    String publicKey = setting("langfuse.public-key", "LANGFUSE_PUBLIC_KEY");
    String secretKey = setting("langfuse.secret-key", "LANGFUSE_SECRET_KEY");
    if (publicKey == null || secretKey == null) {
      throw new LangfuseConfigurationException(
          "Langfuse has no keys, so that nothing would be traced.",
          "Set langfuse.public-key and langfuse.secret-key (or LANGFUSE_PUBLIC_KEY and"
              + " LANGFUSE_SECRET_KEY) to keys of a project, or langfuse.verify-on-startup to"
              + " false.");
    }
    String server = baseUrl == null ? "https://cloud.langfuse.com" : baseUrl;
    judge(server, publicKey, ask(server, publicKey, secretKey));
  }

  private @Nullable String setting(String... names) {
    for (String name : names) {
      String value = environment.getProperty(name);
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }

  private static int ask(String server, String publicKey, String secretKey) {
    String keys =
        Base64.getEncoder()
            .encodeToString((publicKey + ":" + secretKey).getBytes(StandardCharsets.UTF_8));
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.replaceAll("/+$", "") + "/api/public/projects"))
              .header("Authorization", "Basic " + keys)
              .timeout(TIMEOUT)
              .build();
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .build()
          .send(request, BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      throw new LangfuseConfigurationException(
          "The Langfuse server at " + server + " cannot be reached: " + e,
          "Set langfuse.base-url (or LANGFUSE_BASE_URL) to the address of a server that runs, or"
              + " langfuse.verify-on-startup to false.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the Langfuse keys were verified", e);
    }
  }

  private static void judge(String server, String publicKey, int status) {
    if (status == 401 || status == 403) {
      throw new LangfuseConfigurationException(
          "The Langfuse server at "
              + server
              + " refuses the keys of "
              + publicKey
              + " (HTTP "
              + status
              + ").",
          "Copy both keys again from the settings of one project, and check that langfuse.base-url"
              + " is the server (for Langfuse Cloud: the region) on which it is.");
    }
    if (status >= 400) {
      throw new LangfuseConfigurationException(
          server + " answers HTTP " + status + " where a Langfuse server names its projects.",
          "Set langfuse.base-url (or LANGFUSE_BASE_URL) to the address of the server without a"
              + " path, or langfuse.verify-on-startup to false.");
    }
  }
}
