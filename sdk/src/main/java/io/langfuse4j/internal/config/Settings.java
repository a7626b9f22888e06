package io.langfuse4j.internal.config;

import io.langfuse4j.ExportMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The list of settings. What is not here is not a setting. */
public final class Settings {

  /** The wire names of all types of observations. */
  public static final Set<String> ALL_TYPES =
      Set.of(
          "span",
          "generation",
          "event",
          "embedding",
          "agent",
          "tool",
          "chain",
          "retriever",
          "evaluator",
          "guardrail");

  public static final Setting<String> PUBLIC_KEY =
      text("publicKey", "LANGFUSE_PUBLIC_KEY", null, "public key of the project");
  public static final Setting<String> SECRET_KEY =
      text("secretKey", "LANGFUSE_SECRET_KEY", null, "secret key of the project");
  public static final Setting<URI> BASE_URL =
      new Setting<>(
              "baseUrl",
              "LANGFUSE_BASE_URL",
              List.of(),
              "an http or https URL such as https://cloud.langfuse.com",
              Settings::httpUrl,
              null,
              "address of the Langfuse server; without it, Langfuse Cloud if keys are set, else a"
                  + " server on this machine")
          .or("LANGFUSE_HOST", "LANGFUSE_BASEURL");
  public static final Setting<Boolean> TRACING_ENABLED =
      flag("tracingEnabled", "LANGFUSE_TRACING_ENABLED", true, "false switches tracing off")
          .whenMalformed(false);
  public static final Setting<String> ENVIRONMENT =
      new Setting<>(
          "environment",
          "LANGFUSE_TRACING_ENVIRONMENT",
          List.of(),
          "at most 40 of a-z, 0-9, - and _, not starting with langfuse",
          Settings::environmentName,
          null,
          "environment of every trace, for example production; the server shows default");
  public static final Setting<String> RELEASE =
      text("release", "LANGFUSE_RELEASE", null, "release of the application")
          .or(
              "RENDER_GIT_COMMIT",
              "CI_COMMIT_SHA",
              "CIRCLE_SHA1",
              "SOURCE_VERSION",
              "TRAVIS_COMMIT",
              "GIT_COMMIT",
              "GITHUB_SHA",
              "BITBUCKET_COMMIT",
              "BUILD_SOURCEVERSION",
              "DRONE_COMMIT_SHA");
  public static final Setting<Double> SAMPLE_RATE =
      new Setting<>(
          "sampleRate",
          "LANGFUSE_SAMPLE_RATE",
          List.of(),
          "a number from 0 to 1",
          Settings::rate,
          1.0,
          "share of traces that are recorded");
  public static final Setting<Boolean> CAPTURE_CONTENT =
      flag(
              "captureContent",
              "LANGFUSE_CAPTURE_CONTENT",
              true,
              "false records no inputs and outputs anywhere")
          .whenMalformed(false);
  public static final Setting<Set<String>> DROP_INPUTS =
      types(
          "dropInputs",
          "LANGFUSE_DROP_INPUTS",
          "types of observations whose inputs are not sent, for example tool,retriever; or all");
  public static final Setting<Set<String>> DROP_OUTPUTS =
      types(
          "dropOutputs",
          "LANGFUSE_DROP_OUTPUTS",
          "types of observations whose outputs are not sent; or all");
  public static final Setting<Boolean> OBSERVE_IO_CAPTURE =
      flag(
              "observeIoCapture",
              "LANGFUSE_OBSERVE_DECORATOR_IO_CAPTURE_ENABLED",
              true,
              "false records no arguments and results of observed methods unless one asks for it")
          .whenMalformed(false);
  public static final Setting<ExportMode> EXPORT_MODE =
      new Setting<>(
          "exportMode",
          "LANGFUSE_EXPORT_MODE",
          List.of(),
          "batched or immediate",
          text -> ExportMode.valueOf(text.toUpperCase(Locale.ROOT)),
          ExportMode.BATCHED,
          "immediate sends each observation before its end() returns");
  public static final Setting<Integer> FLUSH_AT =
      count("flushAt", "LANGFUSE_FLUSH_AT", 512, "observations per request at most");
  public static final Setting<Duration> FLUSH_INTERVAL =
      seconds(
          "flushInterval",
          "LANGFUSE_FLUSH_INTERVAL",
          Duration.ofSeconds(1),
          "how long an observation waits for others");
  public static final Setting<Duration> TIMEOUT =
      seconds("timeout", "LANGFUSE_TIMEOUT", Duration.ofSeconds(10), "time for one request");
  public static final Setting<Duration> RETRY_TIMEOUT =
      seconds(
          "retryTimeout",
          "LANGFUSE_RETRY_TIMEOUT",
          Duration.ofMinutes(2),
          "how long a batch is retried while the server cannot be reached");
  public static final Setting<Integer> MAX_QUEUE_SIZE =
      count("maxQueueSize", "LANGFUSE_MAX_QUEUE_SIZE", 50_000, "observations that may wait");
  public static final Setting<Long> MAX_QUEUE_BYTES =
      bytes("maxQueueBytes", "LANGFUSE_MAX_QUEUE_BYTES", 64L << 20, "bytes that may wait");
  public static final Setting<Long> MAX_BATCH_BYTES =
      bytes("maxBatchBytes", "LANGFUSE_MAX_BATCH_BYTES", 4L << 20, "bytes per request");
  public static final Setting<Long> MAX_VALUE_BYTES =
      bytes(
          "maxValueBytes",
          "LANGFUSE_MAX_VALUE_BYTES",
          16L << 20,
          "bytes of one input, output or metadata value; more is cut, with a note");
  public static final Setting<Boolean> MEDIA_UPLOAD_ENABLED =
      flag(
          "mediaUploadEnabled",
          "LANGFUSE_MEDIA_UPLOAD_ENABLED",
          true,
          "false leaves images and other files inside inputs and outputs instead of uploading"
              + " them");
  public static final Setting<Path> SPILL_DIRECTORY =
      new Setting<>(
          "spillDirectory",
          "LANGFUSE_SPILL_DIRECTORY",
          List.of(),
          "a folder that can be created and written",
          Path::of,
          null,
          "keeps observations on disk until the server has taken them; off unless set");
  public static final Setting<Long> MAX_SPILL_BYTES =
      bytes("maxSpillBytes", "LANGFUSE_MAX_SPILL_BYTES", 512L << 20, "bytes kept on disk");
  public static final Setting<String> TRACES_EXPORT_PATH =
      new Setting<>(
          "tracesExportPath",
          "LANGFUSE_OTEL_TRACES_EXPORT_PATH",
          List.of(),
          "the path of a URL, such as /api/public/otel/v1/traces",
          Settings::path,
          "/api/public/otel/v1/traces",
          "path of the OTLP endpoint below the base URL");
  public static final Setting<Duration> PROMPT_CACHE_TTL =
      new Setting<>(
          "promptCacheTtl",
          "LANGFUSE_PROMPT_CACHE_DEFAULT_TTL_SECONDS",
          List.of(),
          "seconds, 0 or more",
          Settings::durationOrZero,
          Duration.ofSeconds(60),
          "how long a prompt is used before it is fetched again in the background; 0 fetches it"
              + " every time");
  public static final Setting<Boolean> SHUTDOWN_HOOK =
      flag("shutdownHook", "LANGFUSE_SHUTDOWN_HOOK", true, "false: the application calls close()");
  public static final Setting<Boolean> DEBUG =
      flag(
          "debug",
          "LANGFUSE_DEBUG",
          false,
          "true logs what is sent, never its content, and what was started and forgotten");

  /** Longer ones do not fit into 64 bits of nanoseconds when added to the time. */
  public static final Duration MAX_DURATION = Duration.ofSeconds(Integer.MAX_VALUE);

  /** In the order of the documentation. */
  public static final List<Setting<?>> ALL =
      List.of(
          PUBLIC_KEY,
          SECRET_KEY,
          BASE_URL,
          TRACING_ENABLED,
          ENVIRONMENT,
          RELEASE,
          SAMPLE_RATE,
          CAPTURE_CONTENT,
          DROP_INPUTS,
          DROP_OUTPUTS,
          OBSERVE_IO_CAPTURE,
          EXPORT_MODE,
          FLUSH_AT,
          FLUSH_INTERVAL,
          TIMEOUT,
          RETRY_TIMEOUT,
          MAX_QUEUE_SIZE,
          MAX_QUEUE_BYTES,
          MAX_BATCH_BYTES,
          MAX_VALUE_BYTES,
          MEDIA_UPLOAD_ENABLED,
          SPILL_DIRECTORY,
          MAX_SPILL_BYTES,
          TRACES_EXPORT_PATH,
          PROMPT_CACHE_TTL,
          SHUTDOWN_HOOK,
          DEBUG);

  private Settings() {}

  private static Setting<String> text(
      String method, String variable, @Nullable String defaultValue, String description) {
    return new Setting<>(
        method, variable, List.of(), "text", Function.identity(), defaultValue, description);
  }

  private static Setting<Boolean> flag(
      String method, String variable, boolean defaultValue, String description) {
    return new Setting<>(
        method, variable, List.of(), "true or false", Settings::bool, defaultValue, description);
  }

  private static Setting<Integer> count(
      String method, String variable, int defaultValue, String description) {
    return new Setting<>(
        method,
        variable,
        List.of(),
        "a whole number above 0",
        text -> Math.toIntExact(positive(text)),
        defaultValue,
        description);
  }

  private static Setting<Long> bytes(
      String method, String variable, long defaultValue, String description) {
    return new Setting<>(
        method,
        variable,
        List.of(),
        "a whole number of bytes above 0",
        Settings::positive,
        defaultValue,
        description);
  }

  private static Setting<Duration> seconds(
      String method, String variable, Duration defaultValue, String description) {
    return new Setting<>(
        method,
        variable,
        List.of(),
        "seconds above 0, for example 2.5",
        Settings::duration,
        defaultValue,
        description);
  }

  private static Setting<Set<String>> types(String method, String variable, String description) {
    return new Setting<>(
        method,
        variable,
        List.of(),
        "types such as tool,retriever, or all",
        Settings::typeNames,
        null,
        ALL_TYPES,
        description);
  }

  private static Set<String> typeNames(String text) {
    Set<String> types = new TreeSet<>();
    for (String part : text.toLowerCase(Locale.ROOT).split(",")) {
      String type = part.strip();
      if (type.equals("all")) {
        types.addAll(ALL_TYPES);
      } else if (ALL_TYPES.contains(type)) {
        types.add(type);
      } else {
        throw new IllegalArgumentException(text);
      }
    }
    return Set.copyOf(types);
  }

  private static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static long positive(String text) {
    long value = Long.parseLong(text);
    if (value <= 0) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static Duration durationOrZero(String text) {
    return Double.parseDouble(text) == 0 ? Duration.ZERO : duration(text);
  }

  private static Duration duration(String text) {
    double seconds = Double.parseDouble(text);
    if (!(seconds >= 1e-9) || seconds > MAX_DURATION.toSeconds()) {
      throw new IllegalArgumentException(text);
    }
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private static String path(String text) {
    return URI.create("http://host/" + text).getRawPath() == null ? "" : text;
  }

  /** Checks a sample rate. */
  public static double rate(String text) {
    double rate = Double.parseDouble(text);
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException(text);
    }
    return rate;
  }

  /** Checks the pattern that the server and the official SDKs share. */
  public static String environmentName(String text) {
    if (text.length() > 40
        || text.startsWith("langfuse")
        || text.isEmpty()
        || !text.chars().allMatch(Settings::isEnvironmentCharacter)) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static boolean isEnvironmentCharacter(int c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
  }

  /** Checks a base URL and drops trailing slashes. */
  public static URI httpUrl(String text) {
    URI url = URI.create(text.replaceAll("/+$", ""));
    boolean http = "http".equalsIgnoreCase(url.getScheme());
    if (!http && !"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
      throw new IllegalArgumentException(text);
    }
    return url;
  }
}
