package io.langfuse4j;

import io.langfuse4j.internal.config.Configuration;
import io.langfuse4j.internal.config.Settings;
import io.langfuse4j.internal.export.BatchSender;
import io.langfuse4j.internal.export.ExportCounters;
import io.langfuse4j.internal.export.ExporterSender;
import io.langfuse4j.internal.export.MaskingSender;
import io.langfuse4j.internal.export.OtlpHttpSender;
import io.langfuse4j.internal.export.SpanBatcher;
import io.langfuse4j.internal.export.SpillingSender;
import io.langfuse4j.internal.http.Connection;
import io.langfuse4j.internal.http.LangfuseHttp;
import io.langfuse4j.internal.http.TraceLinks;
import io.langfuse4j.internal.masking.SpanMasking;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
  private final @Nullable SpanBatcher batcher;
  private final @Nullable TraceLinks links;

  private Pipeline(
      Configuration configuration,
      Connection.@Nullable Target target,
      Map<String, String> headers,
      @Nullable SpanExporter exporter,
      @Nullable Mask mask) {
    this.configuration = configuration;
    LangfuseHttp http =
        target == null
            ? null
            : new LangfuseHttp(
                target.baseUrl(),
                target.publicKey(),
                target.secretKey(),
                headers,
                configuration.get(Settings.TIMEOUT));
    this.links = http == null ? null : new TraceLinks(http);
    BatchSender sender = masked(mask, sender(http, exporter));
    this.batcher = sender == null ? null : new SpanBatcher(limits(), sender, counters);
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

  private @Nullable BatchSender sender(
      @Nullable LangfuseHttp http, @Nullable SpanExporter exporter) {
    if (exporter != null) {
      return new ExporterSender(exporter, timeout(), counters);
    }
    if (http == null) {
      return null;
    }
    Path spillDirectory = configuration.find(Settings.SPILL_DIRECTORY);
    BatchSender spilling = spillDirectory == null ? null : spilling(http, spillDirectory);
    return spilling != null
        ? spilling
        : new OtlpHttpSender(
            http,
            configuration.get(Settings.TRACES_EXPORT_PATH),
            configuration.get(Settings.RETRY_TIMEOUT),
            counters);
  }

  private @Nullable BatchSender spilling(LangfuseHttp http, Path directory) {
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

  private static @Nullable BatchSender masked(@Nullable Mask mask, @Nullable BatchSender sender) {
    return mask == null || sender == null
        ? sender
        : new MaskingSender(new SpanMasking(mask), sender);
  }

  private SpanBatcher.Limits limits() {
    return new SpanBatcher.Limits(
        configuration.get(Settings.MAX_QUEUE_SIZE),
        configuration.get(Settings.MAX_QUEUE_BYTES),
        configuration.get(Settings.FLUSH_AT),
        configuration.get(Settings.MAX_BATCH_BYTES),
        interval());
  }

  boolean isOn() {
    return batcher != null;
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
    return batcher == null || batcher.flush(timeout);
  }

  CompletableFuture<Boolean> flush() {
    return batcher == null ? CompletableFuture.completedFuture(true) : batcher.flush();
  }

  boolean close(Duration timeout) {
    return batcher == null || batcher.close(timeout);
  }

  LangfuseStats stats() {
    return new LangfuseStats(counters);
  }

  @Nullable String traceUrl(String traceId) {
    return links == null ? null : links.urlOf(traceId);
  }
}
