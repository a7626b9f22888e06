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
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Examines what Langfuse would do here: which settings it finds, whether it reaches a server,
 * whether the keys are right, which libraries it can trace, whether a trace arrives. Prints what it
 * finds, never a secret. Confined to one thread.
 */
public final class Doctor {

  private static final Logger log = Logger.getLogger("io.langfuse4j");
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Pattern VERSION = field("version");
  private static final Pattern NAME = field("name");

  private final PrintStream out;
  private final Configuration configuration;
  private final ClassLoader application;
  private boolean healthy = true;

  private static Pattern field(String name) {
    return Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]{1,200})\"");
  }

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
    Level before = log.getLevel();
    log.setLevel(Level.OFF); // what the client of the test trace would log is a finding here
    try {
      return new Doctor(out, found, application).examine();
    } finally {
      log.setLevel(before);
    }
  }

  private boolean examine() {
    ok("Langfuse4j " + SdkVersion.VERSION + " on Java " + System.getProperty("java.version"));
    configuration.problems().forEach(this::bad);
    libraries();
    Connection connection = Connection.decide(configuration, new LocalServer());
    Connection.Target target = connection.target();
    if (target == null) {
      bad(connection.sentence());
      return healthy;
    }
    ok("server: " + target.baseUrl());
    sayKeys(target);
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

  private void libraries() {
    List<String> found = Libraries.describe(application);
    found.forEach(this::ok);
    if (found.isEmpty()) {
      out.println(
          "[--]   no library to trace was found; name the application's jars to look there");
    }
  }

  private boolean hasKeys() {
    return configuration.find(Settings.PUBLIC_KEY) != null;
  }

  private void sayKeys(Connection.Target target) {
    if (!hasKeys()) {
      ok("keys: none are set; a server on this machine may take that");
      return;
    }
    String key = target.publicKey();
    ok("keys: " + (key.length() <= 8 ? key : key.substring(0, 8) + "...") + " and a secret");
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
    if (!new String(answer.body(), StandardCharsets.UTF_8).strip().startsWith("{")) {
      return bad(
          "what answers /api/public/health is no Langfuse. Is LANGFUSE_BASE_URL the address of one,"
              + " without a path?");
    }
    String version = find(VERSION, answer);
    ok("reachable" + (version == null ? "" : " (version " + version + ")"));
    return version == null
        || !version.matches("v?[012]\\..*")
        || bad(
            "Langfuse " + version + " takes no traces of OpenTelemetry; it has to be 3 or newer.");
  }

  private boolean keysAreRight(LangfuseHttp http) {
    HttpResponse<byte[]> answer = get(http, "/api/public/projects");
    if (answer == null) {
      return false;
    }
    return switch (answer.statusCode()) {
      case 200 -> ok(project(find(NAME, answer)));
      case 401, 403 ->
          bad(
              hasKeys()
                  ? "the server refuses the keys ("
                      + answer.statusCode()
                      + "). Are LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY of a project on this"
                      + " server? Every region of Langfuse Cloud has its own."
                  : "the server wants keys ("
                      + answer.statusCode()
                      + "). Set LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY to those of a project"
                      + " on it.");
      default -> bad("the server answers /api/public/projects with " + answer.statusCode() + ".");
    };
  }

  private String project(@Nullable String name) {
    return (hasKeys() ? "the keys are right" : "no keys are needed")
        + (name == null ? "" : " (project " + name + ")");
  }

  private @Nullable HttpResponse<byte[]> get(LangfuseHttp http, String path) {
    try {
      return http.send(http.request(http.resolve(path)).GET().build());
    } catch (IOException e) {
      bad(http.baseUrl() + " cannot be reached: " + reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  /** The JDK's exceptions of a connection say little by themselves. */
  private static String reason(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "the name of its host is not known. Check LANGFUSE_BASE_URL.";
      }
      if (cause instanceof CertPathBuilderException) {
        return "Java does not trust its certificate. Add the authority that signed it to the trust"
            + " store (-Djavax.net.ssl.trustStore).";
      }
    }
    if (e instanceof HttpTimeoutException) {
      return "no answer in time. Check LANGFUSE_BASE_URL, LANGFUSE_TIMEOUT and the proxy.";
    }
    if (e instanceof ConnectException) {
      return "nothing listens there, or something is in between. Check LANGFUSE_BASE_URL, that the"
          + " server is up, and the proxy.";
    }
    if (String.valueOf(e.getMessage()).contains("plaintext connection")) {
      return "it does not speak https. Should LANGFUSE_BASE_URL begin with http://?";
    }
    return e + ". Check LANGFUSE_BASE_URL, proxy and certificates.";
  }

  private static @Nullable String find(Pattern pattern, HttpResponse<byte[]> answer) {
    Matcher found = pattern.matcher(new String(answer.body(), StandardCharsets.UTF_8));
    return found.find() ? found.group(1) : null;
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
        String error = langfuse.stats().lastError();
        bad("a test trace was not taken: " + (error == null ? langfuse.stats() : error));
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
