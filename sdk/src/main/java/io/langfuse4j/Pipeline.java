package io.langfuse4j;

import io.langfuse4j.internal.config.Configuration;
import io.langfuse4j.internal.config.Settings;
import io.langfuse4j.internal.export.BatchSender;
import io.langfuse4j.internal.export.Batcher;
import io.langfuse4j.internal.export.Cargo;
import io.langfuse4j.internal.export.ExportCounters;
import io.langfuse4j.internal.export.ExporterSender;
import io.langfuse4j.internal.export.MaskingSender;
import io.langfuse4j.internal.export.OtlpHttpSender;
import io.langfuse4j.internal.export.SpanSize;
import io.langfuse4j.internal.export.SpillingSender;
import io.langfuse4j.internal.http.Connection;
import io.langfuse4j.internal.http.LangfuseHttp;
import io.langfuse4j.internal.http.TraceLinks;
import io.langfuse4j.internal.masking.SpanMasking;
import io.langfuse4j.internal.scores.QueuedScore;
import io.langfuse4j.internal.scores.ScoreSender;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  private final ExportCounters counters = new ExportCounters();
  private final ExportCounters scoreCounters = new ExportCounters();
  private final @Nullable Batcher<SpanData> batcher;
  private final @Nullable TraceLinks links;
  private final Scores scores;
  private final Object project;

  private Pipeline(
      Configuration configuration,
      Connection.@Nullable Target target,
      Map<String, String> headers,
      @Nullable SpanExporter exporter,
      @Nullable Mask mask) {
    this.configuration = configuration;
    this.project = target == null ? this : List.of(target.baseUrl(), target.publicKey());
    LangfuseHttp http = target == null ? null : http(target, headers);
    this.links = http == null ? null : new TraceLinks(http);
    SpanMasking masking = mask == null ? null : new SpanMasking(mask);
    BatchSender<SpanData> sender = masked(masking, sender(http, exporter));
    this.batcher =
        sender == null
            ? null
            : new Batcher<>(Cargo.OBSERVATIONS, limits(), SpanSize::of, sender, counters);
    this.scores =
        new Scores(
            configuration,
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
      Connection.@Nullable Target target,
      Map<String, String> headers,
      @Nullable SpanExporter exporter,
      @Nullable Mask mask) {
    return new Pipeline(configuration, target, headers, exporter, mask);
  }

  static Pipeline off(Configuration configuration) {
    return new Pipeline(configuration, null, Map.of(), null, null);
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

  private static @Nullable BatchSender<SpanData> masked(
      @Nullable SpanMasking masking, @Nullable BatchSender<SpanData> sender) {
    return masking == null || sender == null ? sender : new MaskingSender(masking, sender);
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

  /** Equal for two pipelines into one project of one server. */
  Object project() {
    return project;
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
    boolean spansDelivered = batcher.flush(timeout);
    return scores.flush(left(timeout, start)) && spansDelivered;
  }

  CompletableFuture<Boolean> flush() {
    return batcher == null
        ? CompletableFuture.completedFuture(true)
        : batcher
            .flush()
            .thenCompose(spans -> scores.flush().thenApply(delivered -> delivered && spans));
  }

  /** Spans first, then scores, under one deadline. */
  boolean close(Duration timeout) {
    if (batcher == null) {
      return true;
    }
    long start = System.nanoTime();
    boolean spansDelivered = batcher.close(timeout);
    return scores.close(left(timeout, start)) && spansDelivered;
  }

  private static Duration left(Duration timeout, long start) {
    Duration left =
        timeout.isNegative() ? Duration.ZERO : timeout.minusNanos(System.nanoTime() - start);
    return left.isNegative() ? Duration.ZERO : left;
  }

  Scores scores() {
    return scores;
  }

  LangfuseStats stats() {
    return new LangfuseStats(counters, scoreCounters);
  }

  @Nullable String traceUrl(String traceId) {
    return links == null ? null : links.urlOf(traceId);
  }
}
