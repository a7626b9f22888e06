package io.langfuse4j;

import io.langfuse4j.internal.Warnings;
import io.langfuse4j.internal.config.Configuration;
import io.langfuse4j.internal.config.Settings;
import io.langfuse4j.internal.export.BatchSender;
import io.langfuse4j.internal.export.Batcher;
import io.langfuse4j.internal.export.Cargo;
import io.langfuse4j.internal.export.ExportCounters;
import io.langfuse4j.internal.export.ExportCounters.Loss;
import io.langfuse4j.internal.json.ContentEncoder;
import io.langfuse4j.internal.json.EncodingLimits;
import io.langfuse4j.internal.scores.QueuedScore;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The scores of one project, from the call to the server. Nothing is started before the first
 * score.
 *
 * <p>Thread-safe.
 */
final class Scores {

  private static final Warnings warnings = new Warnings(Logger.getLogger(Langfuse.class.getName()));

  /** Below the 4.5 MB that the server takes, whatever spans may have. */
  private static final long MOST_BATCH_BYTES = 2_500_000;

  private final Configuration configuration;
  private final @Nullable Supplier<BatchSender<QueuedScore>> senders;
  private final ExportCounters counters;
  private final Sampler sampler;
  private final ContentEncoder encoder = new ContentEncoder(EncodingLimits.DEFAULT);
  private final Object lock = new Object();
  private volatile @Nullable Batcher<QueuedScore> batcher;
  private boolean closed;

  /**
   * Creates the way for scores.
   *
   * @param senders null if there is no server to send scores to
   */
  Scores(
      Configuration configuration,
      @Nullable Supplier<BatchSender<QueuedScore>> senders,
      ExportCounters counters) {
    this.configuration = configuration;
    this.senders = senders;
    this.counters = counters;
    this.sampler = Sampler.traceIdRatioBased(configuration.get(Settings.SAMPLE_RATE));
  }

  /** Queues a score unless our own sampler does not sample its trace. */
  void add(Score score) {
    score.check();
    if (isSampled(score.traceId())) {
      queue(score, null);
    }
  }

  /**
   * Queues a score of a trace whose sampling is known.
   *
   * @param environment of what is scored; null for the client's
   */
  void add(Score score, boolean sampled, @Nullable String environment) {
    score.check();
    if (sampled) {
      queue(score, environment);
    }
  }

  /** The decision that the sampler made, or will make, about the trace. */
  private boolean isSampled(@Nullable String traceId) {
    String lower = traceId == null ? "" : traceId.toLowerCase(Locale.ROOT);
    if (!TraceId.isValid(lower)) {
      return true;
    }
    return sampler
            .shouldSample(
                Context.root(), lower, "", SpanKind.INTERNAL, Attributes.empty(), List.of())
            .getDecision()
        == SamplingDecision.RECORD_AND_SAMPLE;
  }

  private void queue(Score score, @Nullable String environment) {
    if (senders == null) {
      counters.addLost(Loss.UNREACHABLE, 1);
      warnings.once(
          "scores",
          "Scores are not sent: they need a Langfuse server, and spanExporter(...) replaced it.");
      return;
    }
    Object metadata = score.metadata();
    String json = metadata == null ? null : encoder.encodeJson(metadata);
    String own = environment == null ? configuration.find(Settings.ENVIRONMENT) : environment;
    Batcher<QueuedScore> started = started(senders);
    if (started == null) {
      counters.addLost(Loss.CLOSED, 1);
      return;
    }
    started.add(score.queued(json, own));
    if (configuration.get(Settings.EXPORT_MODE) == ExportMode.IMMEDIATE) {
      started.flush(configuration.get(Settings.TIMEOUT));
    }
  }

  private @Nullable Batcher<QueuedScore> started(Supplier<BatchSender<QueuedScore>> sender) {
    Batcher<QueuedScore> existing = batcher;
    if (existing != null) {
      return existing;
    }
    synchronized (lock) {
      if (batcher == null && !closed) {
        batcher = new Batcher<>(Cargo.SCORES, limits(), QueuedScore::bytes, sender.get(), counters);
      }
      return batcher;
    }
  }

  private Batcher.Limits limits() {
    return new Batcher.Limits(
        configuration.get(Settings.MAX_QUEUE_SIZE),
        configuration.get(Settings.MAX_QUEUE_BYTES),
        configuration.get(Settings.FLUSH_AT),
        Math.min(configuration.get(Settings.MAX_BATCH_BYTES), MOST_BATCH_BYTES),
        configuration.get(Settings.FLUSH_INTERVAL));
  }

  CompletableFuture<Boolean> flush() {
    Batcher<QueuedScore> existing = batcher;
    return existing == null ? CompletableFuture.completedFuture(true) : existing.flush();
  }

  boolean flush(Duration timeout) {
    Batcher<QueuedScore> existing = batcher;
    return existing == null || existing.flush(timeout);
  }

  boolean close(Duration timeout) {
    Batcher<QueuedScore> existing;
    synchronized (lock) {
      closed = true;
      existing = batcher;
    }
    return existing == null || existing.close(timeout);
  }
}
