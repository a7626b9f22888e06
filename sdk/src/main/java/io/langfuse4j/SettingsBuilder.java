package io.langfuse4j;

import io.langfuse4j.internal.DefaultExportFilter;
import io.langfuse4j.internal.config.Configuration;
import io.langfuse4j.internal.config.Setting;
import io.langfuse4j.internal.config.Settings;
import io.langfuse4j.internal.http.Connection;
import io.langfuse4j.internal.http.LocalServer;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings that the client and a processor of one's own have in common. Each has the same name
 * as a {@code LANGFUSE_*} variable and as a {@code langfuse.*} system property; a value given here
 * wins over the property, the property over the variable.
 *
 * <p>A malformed value given here is refused with an {@link IllegalArgumentException}; a malformed
 * variable or property is reported in one line and its default applies. Not thread-safe.
 *
 * @param <B> the builder itself, for chaining
 */
public abstract sealed class SettingsBuilder<B extends SettingsBuilder<B>>
    permits LangfuseBuilder, LangfuseSpanProcessor.Builder {

  // Held so that the level set by debug(true) is not lost with a collected logger.
  private static final Logger sdkLogger = Logger.getLogger("io.langfuse4j");

  private final Map<Setting<?>, Object> given = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> additionalHeaders = new LinkedHashMap<>();
  private Predicate<ReadableSpan> exportFilter = DefaultExportFilter::test;
  private @Nullable SpanExporter spanExporter;
  private @Nullable Mask mask;
  private LocalServer localServer = new LocalServer();
  private Map<String, String> variables = System.getenv();

  SettingsBuilder() {}

  abstract B self();

  /** Public key of the project. */
  public B publicKey(String publicKey) {
    return set(Settings.PUBLIC_KEY, publicKey);
  }

  /** Secret key of the project. Never logged. */
  public B secretKey(String secretKey) {
    return set(Settings.SECRET_KEY, secretKey);
  }

  /**
   * Address of the server, for example {@code https://cloud.langfuse.com}, the default if keys are
   * set. An {@code http} address is spoken to in HTTP/1.1.
   */
  public B baseUrl(String url) {
    return set(Settings.BASE_URL, checked(Settings.BASE_URL, url));
  }

  /** False switches tracing off: observations do nothing and cost nothing. Default true. */
  public B tracingEnabled(boolean enabled) {
    return set(Settings.TRACING_ENABLED, enabled);
  }

  /** Environment of every trace; at most 40 of a-z, 0-9, - and _, not starting with langfuse. */
  public B environment(String environment) {
    return set(Settings.ENVIRONMENT, checked(Settings.ENVIRONMENT, environment));
  }

  /** Release of the application. Taken from the variables of common CI systems by default. */
  public B release(String release) {
    return set(Settings.RELEASE, release);
  }

  /**
   * Share of traces to record, from 0 to 1; decided by trace id, for scores too. In a tracer
   * provider of the application it applies to what the provider's own sampler leaves. Default 1.
   */
  public B sampleRate(double rate) {
    return set(Settings.SAMPLE_RATE, checked(Settings.SAMPLE_RATE, Double.toString(rate)));
  }

  /**
   * False records no inputs and outputs, whoever sets them, and leaves those of other libraries'
   * spans out. Default true.
   */
  public B captureContent(boolean capture) {
    return set(Settings.CAPTURE_CONTENT, capture);
  }

  /**
   * Inputs of observations of these types are not recorded, and left out of other libraries' spans
   * that become such observations. Replaces types given before. None by default.
   */
  public B dropInputs(ObservationType<?>... types) {
    return set(Settings.DROP_INPUTS, wireNames(types));
  }

  /** As {@link #dropInputs}, for outputs. */
  public B dropOutputs(ObservationType<?>... types) {
    return set(Settings.DROP_OUTPUTS, wireNames(types));
  }

  private static Set<String> wireNames(ObservationType<?>... types) {
    return Arrays.stream(types)
        .map(ObservationType::wireName)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** False records no arguments and results of observed methods by default. Default true. */
  public B observeIoCapture(boolean capture) {
    return set(Settings.OBSERVE_IO_CAPTURE, capture);
  }

  /** Default {@link ExportMode#BATCHED}. */
  public B exportMode(ExportMode mode) {
    return set(Settings.EXPORT_MODE, mode);
  }

  /** Observations per request at most. Default 512. */
  public B flushAt(int observations) {
    return set(Settings.FLUSH_AT, checked(Settings.FLUSH_AT, Integer.toString(observations)));
  }

  /** How long an observation waits for others. Default 1 second. */
  public B flushInterval(Duration interval) {
    return set(Settings.FLUSH_INTERVAL, positive("flushInterval", interval));
  }

  /** Time for one request. Default 10 seconds. */
  public B timeout(Duration timeout) {
    return set(Settings.TIMEOUT, positive("timeout", timeout));
  }

  /** How long a batch is retried while the server cannot be reached. Default 2 minutes. */
  public B retryTimeout(Duration timeout) {
    return set(Settings.RETRY_TIMEOUT, positive("retryTimeout", timeout));
  }

  /** Observations that may wait; more are dropped and counted. Default 50,000. */
  public B maxQueueSize(int observations) {
    return set(
        Settings.MAX_QUEUE_SIZE, checked(Settings.MAX_QUEUE_SIZE, Integer.toString(observations)));
  }

  /** Bytes that may wait, about; more are dropped and counted. Default 64 MiB. */
  public B maxQueueBytes(long bytes) {
    return set(Settings.MAX_QUEUE_BYTES, checked(Settings.MAX_QUEUE_BYTES, Long.toString(bytes)));
  }

  /**
   * Bytes per request before compression, about; a larger observation goes alone. Default 4 MiB.
   */
  public B maxBatchBytes(long bytes) {
    return set(Settings.MAX_BATCH_BYTES, checked(Settings.MAX_BATCH_BYTES, Long.toString(bytes)));
  }

  /** Bytes of one input, output or metadata value; more is cut, with a note. Default 16 MiB. */
  public B maxValueBytes(long bytes) {
    return set(Settings.MAX_VALUE_BYTES, checked(Settings.MAX_VALUE_BYTES, Long.toString(bytes)));
  }

  /**
   * False leaves images and other files inside inputs and outputs. By default they are uploaded in
   * the background and replaced by references.
   */
  public B mediaUploadEnabled(boolean upload) {
    return set(Settings.MEDIA_UPLOAD_ENABLED, upload);
  }

  /**
   * Keeps observations in this folder until the server has taken them, so that neither an outage
   * nor the death of the process loses them; they are sent at the next start. Off by default.
   */
  public B spillDirectory(Path directory) {
    return set(Settings.SPILL_DIRECTORY, directory);
  }

  /**
   * Bytes kept in {@link #spillDirectory} at most; more are dropped and counted. Default 512 MiB.
   */
  public B maxSpillBytes(long bytes) {
    return set(Settings.MAX_SPILL_BYTES, checked(Settings.MAX_SPILL_BYTES, Long.toString(bytes)));
  }

  /** Path of the OTLP endpoint. Default {@code /api/public/otel/v1/traces}. */
  public B tracesExportPath(String path) {
    return set(Settings.TRACES_EXPORT_PATH, checked(Settings.TRACES_EXPORT_PATH, path));
  }

  /**
   * How long a prompt is used before it is fetched again in the background; zero fetches it every
   * time. Default 60 seconds.
   */
  public B promptCacheTtl(Duration timeToLive) {
    if (timeToLive.isNegative()) {
      throw new IllegalArgumentException(
          "promptCacheTtl is " + timeToLive + ", expected zero or more");
    }
    return set(Settings.PROMPT_CACHE_TTL, timeToLive);
  }

  /** False leaves sending what is queued at exit to the application. Default true. */
  public B shutdownHook(boolean install) {
    return set(Settings.SHUTDOWN_HOOK, install);
  }

  /**
   * True logs what is sent, never its content, and warns of observations that were forgotten rather
   * than ended. Default false.
   */
  public B debug(boolean debug) {
    return set(Settings.DEBUG, debug);
  }

  /** Sent with every request; wins over the SDK's own headers. */
  public B additionalHeaders(Map<String, String> headers) {
    additionalHeaders.putAll(headers);
    return self();
  }

  /**
   * Replaces the rule that says which spans are sent; extend it by {@link
   * LangfuseSpanProcessor#isDefaultExportSpan}. Called when a span starts and when it ends.
   */
  public B shouldExportSpan(Predicate<ReadableSpan> filter) {
    this.exportFilter = filter;
    return self();
  }

  /**
   * Hides text before it leaves: of every span that is sent, on the export thread. Replaces a mask
   * given before; join several by {@link Mask#and}.
   */
  public B mask(Mask mask) {
    this.mask = mask;
    return self();
  }

  /** Sends spans here instead of to a Langfuse server; no keys are needed then. */
  public B spanExporter(SpanExporter exporter) {
    this.spanExporter = exporter;
    return self();
  }

  /**
   * Settings from another source, such as a configuration file, under the names of the system
   * properties: {@code langfuse.public.key}. They win over system properties and variables, and
   * lose to the other methods of this builder.
   */
  public B properties(Map<String, String> properties) {
    this.properties.putAll(properties);
    return self();
  }

  /** For tests: another environment and another machine. */
  B surroundings(Map<String, String> variables, LocalServer localServer) {
    this.variables = variables;
    this.localServer = localServer;
    return self();
  }

  private B set(Setting<?> setting, Object value) {
    given.put(setting, value);
    return self();
  }

  private static <T> T checked(Setting<T> setting, String text) {
    try {
      return setting.parser().apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          setting.builderMethod() + " is '" + text + "', expected " + setting.expected(), e);
    }
  }

  private static Duration positive(String name, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(name + " is " + duration + ", expected more than zero");
    }
    if (duration.compareTo(Settings.MAX_DURATION) > 0) {
      throw new IllegalArgumentException(name + " is " + duration + ", expected at most 68 years");
    }
    return duration;
  }

  /** Reads what was not given, reports what could not be read, and starts the pipeline. */
  Pipeline resolve() {
    Map<Object, Object> allProperties = new HashMap<>(System.getProperties());
    allProperties.putAll(properties);
    Configuration configuration = Configuration.resolve(given, variables, allProperties);
    if (configuration.get(Settings.DEBUG)) {
      logEverything();
    }
    configuration.problems().forEach(problem -> sdkLogger.warning("Langfuse: " + problem + "."));
    if (spanExporter != null && configuration.get(Settings.TRACING_ENABLED)) {
      return Pipeline.start(
          configuration, access(configuration, null), null, additionalHeaders, spanExporter, mask);
    }
    Connection connection = Connection.decide(configuration, localServer);
    sdkLogger.log(connection.level(), sentence(connection, configuration));
    return connection.target() == null
        ? off(configuration)
        : Pipeline.start(
            configuration,
            access(configuration, connection.target()),
            connection.target(),
            additionalHeaders,
            null,
            mask);
  }

  /** The same without observations. */
  Pipeline off(Configuration configuration) {
    return Pipeline.off(configuration, access(configuration, null));
  }

  /** Prompts and datasets are there for who has keys, whatever becomes of observations. */
  private ServerAccess access(Configuration configuration, Connection.@Nullable Target target) {
    return new ServerAccess(
        configuration,
        target == null ? Connection.given(configuration) : target,
        additionalHeaders);
  }

  private static String sentence(Connection connection, Configuration configuration) {
    if (connection.target() == null) {
      return connection.sentence();
    }
    return connection.sentence()
        + (configuration.get(Settings.CAPTURE_CONTENT)
            ? "; inputs and outputs are recorded (LANGFUSE_CAPTURE_CONTENT=false stops that)."
            : "; inputs and outputs are not recorded (LANGFUSE_CAPTURE_CONTENT=false).");
  }

  /**
   * Builds the processor of a pipeline.
   *
   * @param isolated whether it is for a provider of our own
   */
  LangfuseSpanProcessor buildProcessor(Pipeline pipeline, boolean isolated) {
    SpanOwnership ownership =
        isolated || !pipeline.isOn()
            ? SpanOwnership.isolated(pipeline.project())
            : SpanOwnership.shared(pipeline.project());
    return new LangfuseSpanProcessor(pipeline, exportFilter, ownership);
  }

  private static void logEverything() {
    if (Level.FINE.equals(sdkLogger.getLevel())) {
      return;
    }
    sdkLogger.setLevel(Level.FINE);
    Handler handler = new ConsoleHandler();
    handler.setLevel(Level.FINE);
    handler.setFilter(record -> record.getLevel().intValue() < Level.INFO.intValue());
    sdkLogger.addHandler(handler);
  }
}
