package io.langfuse4j.instrumentation.doctor;

import io.langfuse4j.Langfuse;
import io.langfuse4j.internal.SdkVersion;
import io.langfuse4j.internal.config.Configuration;
import io.langfuse4j.internal.config.Settings;
import io.langfuse4j.internal.http.Connection;
import io.langfuse4j.internal.http.LangfuseHttp;
import io.langfuse4j.internal.http.LocalServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Examines what Langfuse would do here: which settings it finds, whether it reaches a server,
 * whether the keys are right, which libraries it can trace, whether a trace arrives. Prints what it
 * finds, never a secret. Confined to one thread.
 */
public final class Doctor {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Pattern TEXT =
      Pattern.compile("\"(?:version|name)\"\\s*:\\s*\"([^\"]{1,200})\"");

  private final PrintStream out;
  private final Configuration configuration;
  private final ClassLoader application;
  private boolean healthy = true;

  private Doctor(PrintStream out, Configuration configuration, ClassLoader application) {
    this.out = out;
    this.configuration = configuration;
    this.application = application;
  }

  /**
   * Examines with the settings of the environment and of the system properties.
   *
   * @param application finds the libraries of the application
   * @return true if all is well
   */
  public static boolean examine(PrintStream out, ClassLoader application) {
    return examine(out, application, System.getenv());
  }

  static boolean examine(PrintStream out, ClassLoader application, Map<String, String> variables) {
    Configuration found = Configuration.resolve(Map.of(), variables, System.getProperties());
    return new Doctor(out, found, application).examine();
  }

  private boolean examine() {
    ok("Langfuse4j " + SdkVersion.VERSION + " on Java " + System.getProperty("java.version"));
    configuration.problems().forEach(this::bad);
    Libraries.describe(application).forEach(this::ok);
    Connection connection = Connection.decide(configuration, new LocalServer());
    Connection.Target target = connection.target();
    if (target == null) {
      bad(connection.sentence());
      return healthy;
    }
    ok("keys: " + shown(target.publicKey()) + " and a secret");
    ok("server: " + target.baseUrl());
    try (LangfuseHttp http =
        new LangfuseHttp(
            target.baseUrl(),
            target.publicKey(),
            target.secretKey(),
            Map.of(),
            configuration.get(Settings.TIMEOUT))) {
      if (reachable(http) && keysAreRight(http)) {
        sendTrace(target);
      }
    }
    return healthy;
  }

  private static String shown(String key) {
    return key.length() <= 8 ? key : key.substring(0, 8) + "...";
  }

  private boolean reachable(LangfuseHttp http) {
    HttpResponse<byte[]> answer = get(http, "/api/public/health");
    if (answer == null) {
      return false;
    }
    if (answer.statusCode() != 200) {
      return bad(
          "the server answers /api/public/health with "
              + answer.statusCode()
              + ". Is LANGFUSE_BASE_URL the address of a Langfuse, without a path?");
    }
    return ok("reachable" + first(answer).map(" (version %s)"));
  }

  private boolean keysAreRight(LangfuseHttp http) {
    HttpResponse<byte[]> answer = get(http, "/api/public/projects");
    if (answer == null) {
      return false;
    }
    return switch (answer.statusCode()) {
      case 200 -> ok("the keys are right" + first(answer).map(" (project %s)"));
      case 401, 403 ->
          bad(
              "the server refuses the keys ("
                  + answer.statusCode()
                  + "). Are LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY of a project on this"
                  + " server? Every region of Langfuse Cloud has its own.");
      default -> bad("the server answers /api/public/projects with " + answer.statusCode() + ".");
    };
  }

  private @Nullable HttpResponse<byte[]> get(LangfuseHttp http, String path) {
    try {
      return http.send(http.request(http.resolve(path)).GET().build());
    } catch (IOException e) {
      bad(
          http.baseUrl()
              + " cannot be reached: "
              + e
              + ". Check LANGFUSE_BASE_URL, proxy and certificates.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  /** What the server calls itself or the project. */
  private static Said first(HttpResponse<byte[]> answer) {
    Matcher found = TEXT.matcher(new String(answer.body(), StandardCharsets.UTF_8));
    return new Said(found.find() ? found.group(1) : "");
  }

  private record Said(String text) {
    String map(String format) {
      return text.isEmpty() ? "" : format.formatted(text);
    }
  }

  private void sendTrace(Connection.Target target) {
    try (Langfuse langfuse =
        Langfuse.builder()
            .publicKey(target.publicKey())
            .secretKey(target.secretKey())
            .baseUrl(target.baseUrl().toString())
            .shutdownHook(false)
            .build()) {
      String trace =
          langfuse.observe(
              "langfuse-doctor",
              span -> {
                span.input("Does this arrive?").output("It does.");
                return span.traceId();
              });
      boolean delivered = langfuse.flush(PATIENCE) && langfuse.stats().sent() > 0;
      if (delivered) {
        ok("a test trace was taken: " + langfuse.traceUrl(trace));
      } else {
        bad("a test trace was not taken: " + langfuse.stats());
      }
    }
  }

  private boolean ok(String finding) {
    out.println("[ok]   " + finding);
    return true;
  }

  private boolean bad(String finding) {
    healthy = false;
    out.println("[FAIL] " + finding);
    return false;
  }
}
