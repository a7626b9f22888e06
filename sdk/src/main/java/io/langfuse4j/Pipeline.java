package io.langfuse4j;

import io.langfuse4j.internal.TraceSampling;
import io.langfuse4j.internal.config.Configuration;
import io.langfuse4j.internal.config.Settings;
import io.langfuse4j.internal.export.BatchSender;
import io.langfuse4j.internal.export.Batcher;
import io.langfuse4j.internal.export.Cargo;
import io.langfuse4j.internal.export.ExportCounters;
import io.langfuse4j.internal.export.ExporterSender;
import io.langfuse4j.internal.export.LazyBatcher;
import io.langfuse4j.internal.export.OtlpHttpSender;
import io.langfuse4j.internal.export.PreparingSender;
import io.langfuse4j.internal.export.SpanSize;
import io.langfuse4j.internal.export.SpillingSender;
import io.langfuse4j.internal.http.Connection;
import io.langfuse4j.internal.http.LangfuseHttp;
import io.langfuse4j.internal.http.TraceLinks;
import io.langfuse4j.internal.masking.CapturePolicy;
import io.langfuse4j.internal.masking.SpanMasking;
import io.langfuse4j.internal.media.HeldMedia;
import io.langfuse4j.internal.media.MediaSender;
import io.langfuse4j.internal.media.MediaUpload;
import io.langfuse4j.internal.media.SpanMedia;
import io.langfuse4j.internal.scores.QueuedScore;
import io.langfuse4j.internal.scores.ScoreSender;
import io.langfuse4j.media.LangfuseMedia;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Everything between an ended span and the server, for one project. A client and its processor
 * share one. When tracing is off it consists of nothing: no thread, no connection, no queue.
 *
 * <p>Thread-safe.
 */
final class Pipeline {

  private static final Logger logger = Logger.getLogger(Langfuse.class.getName());
  private static final Duration SPILL_INTERVAL = Duration.ofMillis(500);

  private final Configuration configuration;
  private final TraceSampling sampling;
  private final ExportCounters counters = new ExportCounters();
  private final ExportCounters scoreCounters = new ExportCounters();
  private final ExportCounters mediaCounters = new ExportCounters();
  private final @Nullable Batcher<SpanData> batcher;
  private final @Nullable TraceLinks links;
  private final Scores scores;
  private final Object project;
  private final @Nullable HeldMedia heldMedia;
  private final LazyBatcher<MediaUpload> uploads;
  private final CapturePolicy capturePolicy;
  private final ServerAccess server;

  private Pipeline(
      Configuration configuration,
      ServerAccess server,
      Connection.@Nullable Target target,
      Map<String, String> headers,
      @Nullable SpanExporter exporter,
      @Nullable Mask mask) {
    this.configuration = configuration;
    this.sampling = new TraceSampling(configuration.get(Settings.SAMPLE_RATE));
    this.project = target == null ? this : List.of(target.baseUrl(), target.publicKey());
    this.server = server;
    LangfuseHttp http = target == null ? null : http(target, headers);
    this.links = http == null ? null : new TraceLinks(http);
    SpanMasking masking = mask == null ? null : new SpanMasking(mask);
    this.capturePolicy = capturePolicy(configuration);
    boolean uploading =
        http != null && exporter == null && configuration.get(Settings.MEDIA_UPLOAD_ENABLED);
    this.heldMedia = uploading ? new HeldMedia(configuration.get(Settings.MAX_QUEUE_BYTES)) : null;
    this.uploads =
        new LazyBatcher<>(
            () -> mediaBatcher(http(Objects.requireNonNull(target), headers)), mediaCounters);
    BatchSender<SpanData> sender = prepared(masking, sender(http, exporter));
    this.batcher =
        sender == null
            ? null
            : new Batcher<>(Cargo.OBSERVATIONS, limits(), SpanSize::of, sender, counters);
    this.scores =
        new Scores(
            configuration,
            sampling,
            target == null ? null : () -> scoreSender(http(target, headers), masking),
            scoreCounters);
  }

  private LangfuseHttp http(Connection.Target target, Map<String, String> headers) {
    return new LangfuseHttp(
        target.baseUrl(), target.publicKey(), target.secretKey(), headers, timeout());
  }

  private BatchSender<QueuedScore> scoreSender(LangfuseHttp http, @Nullable SpanMasking masking) {
    return new ScoreSender(
        http,
        configuration.get(Settings.RETRY_TIMEOUT),
        masking == null ? (key, text) -> text : masking::text,
        scoreCounters);
  }

  /**
   * Starts the thread that exports, to {@code exporter} if there is one, else to {@code target}.
   */
  static Pipeline start(
      Configuration configuration,
      ServerAccess server,
      Connection.@Nullable Target target,
      Map<String, String> headers,
      @Nullable SpanExporter exporter,
      @Nullable Mask mask) {
    return new Pipeline(configuration, server, target, headers, exporter, mask);
  }

  static Pipeline off(Configuration configuration, ServerAccess server) {
    return new Pipeline(configuration, server, null, Map.of(), null, null);
  }

  private @Nullable BatchSender<SpanData> sender(
      @Nullable LangfuseHttp http, @Nullable SpanExporter exporter) {
    if (exporter != null) {
      return new ExporterSender(exporter, timeout(), counters);
    }
    if (http == null) {
      return null;
    }
    Path spillDirectory = configuration.find(Settings.SPILL_DIRECTORY);
    BatchSender<SpanData> spilling = spillDirectory == null ? null : spilling(http, spillDirectory);
    return spilling != null
        ? spilling
        : new OtlpHttpSender(
            http,
            configuration.get(Settings.TRACES_EXPORT_PATH),
            configuration.get(Settings.RETRY_TIMEOUT),
            counters);
  }

  private @Nullable BatchSender<SpanData> spilling(LangfuseHttp http, Path directory) {
    try {
      return new SpillingSender(
          http,
          configuration.get(Settings.TRACES_EXPORT_PATH),
          directory,
          configuration.get(Settings.MAX_SPILL_BYTES),
          counters);
    } catch (IOException e) {
      logger.log(
          Level.WARNING,
          "Langfuse: LANGFUSE_SPILL_DIRECTORY "
              + directory
              + " cannot be used, observations are kept in memory only: "
              + e,
          e);
      return null;
    }
  }

  /** With a spill directory nothing stays in memory alone for more than a moment. */
  private Duration interval() {
    Duration interval = configuration.get(Settings.FLUSH_INTERVAL);
    boolean spills = configuration.find(Settings.SPILL_DIRECTORY) != null;
    return spills && interval.compareTo(SPILL_INTERVAL) > 0 ? SPILL_INTERVAL : interval;
  }

  private @Nullable BatchSender<SpanData> prepared(
      @Nullable SpanMasking masking, @Nullable BatchSender<SpanData> sender) {
    if (sender == null || masking == null && heldMedia == null && capturePolicy.isEmpty()) {
      return sender;
    }
    SpanMedia media =
        heldMedia == null ? null : new SpanMedia(heldMedia, masking == null ? null : masking::text);
    return new PreparingSender(capturePolicy, media, masking, uploads::add, sender);
  }

  private Batcher<MediaUpload> mediaBatcher(LangfuseHttp http) {
    return new Batcher<>(
        Cargo.MEDIA,
        new Batcher.Limits(
            configuration.get(Settings.MAX_QUEUE_SIZE),
            configuration.get(Settings.MAX_QUEUE_BYTES),
            1,
            configuration.get(Settings.MAX_QUEUE_BYTES),
            configuration.get(Settings.FLUSH_INTERVAL)),
        MediaUpload::bytes,
        new MediaSender(http, timeout(), configuration.get(Settings.RETRY_TIMEOUT), mediaCounters),
        mediaCounters);
  }

  /** Keeps a file that was recorded until its observation is exported. */
  void hold(LangfuseMedia media) {
    if (heldMedia != null) {
      heldMedia.hold(media);
    }
  }

  private static CapturePolicy capturePolicy(Configuration configuration) {
    if (!configuration.get(Settings.CAPTURE_CONTENT)) {
      return new CapturePolicy(Settings.ALL_TYPES, Settings.ALL_TYPES);
    }
    Set<String> inputs = configuration.find(Settings.DROP_INPUTS);
    Set<String> outputs = configuration.find(Settings.DROP_OUTPUTS);
    return new CapturePolicy(
        inputs == null ? Set.of() : inputs, outputs == null ? Set.of() : outputs);
  }

  private Batcher.Limits limits() {
    return new Batcher.Limits(
        configuration.get(Settings.MAX_QUEUE_SIZE),
        configuration.get(Settings.MAX_QUEUE_BYTES),
        configuration.get(Settings.FLUSH_AT),
        configuration.get(Settings.MAX_BATCH_BYTES),
        interval());
  }

  boolean isOn() {
    return batcher != null;
  }

  /** What is not recorded. */
  CapturePolicy capturePolicy() {
    return capturePolicy;
  }

  /** Equal for two pipelines into one project of one server. */
  Object project() {
    return project;
  }

  /** Which traces are sent, scores included. */
  TraceSampling sampling() {
    return sampling;
  }

  Configuration configuration() {
    return configuration;
  }

  Duration timeout() {
    return configuration.get(Settings.TIMEOUT);
  }

  void add(SpanData span) {
    if (batcher != null) {
      batcher.add(span);
    }
  }

  /** What was never recorded needs no delivery: true when tracing is off. */
  boolean flush(Duration timeout) {
    if (batcher == null) {
      return true;
    }
    long start = System.nanoTime();
    boolean spans = batcher.flush(timeout);
    boolean files = uploads.flush(left(timeout, start));
    return scores.flush(left(timeout, start)) && files && spans;
  }

  CompletableFuture<Boolean> flush() {
    return batcher == null
        ? CompletableFuture.completedFuture(true)
        : batcher
            .flush()
            .thenCompose(spans -> uploads.flush().thenApply(files -> files && spans))
            .thenCompose(before -> scores.flush().thenApply(delivered -> delivered && before));
  }

  /** Spans first, then the files that were in them, then scores, under one deadline. */
  boolean close(Duration timeout) {
    server.close();
    if (batcher == null) {
      return true;
    }
    long start = System.nanoTime();
    boolean spans = batcher.close(timeout);
    boolean files = uploads.close(left(timeout, start));
    return scores.close(left(timeout, start)) && files && spans;
  }

  private static Duration left(Duration timeout, long start) {
    Duration left =
        timeout.isNegative() ? Duration.ZERO : timeout.minusNanos(System.nanoTime() - start);
    return left.isNegative() ? Duration.ZERO : left;
  }

  ServerAccess server() {
    return server;
  }

  Scores scores() {
    return scores;
  }

  LangfuseStats stats() {
    return new LangfuseStats(counters, scoreCounters, mediaCounters);
  }

  @Nullable String traceUrl(String traceId) {
    return links == null ? null : links.urlOf(traceId);
  }
}
