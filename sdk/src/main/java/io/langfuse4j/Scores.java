package io.langfuse4j;

import io.langfuse4j.internal.TraceSampling;
import io.langfuse4j.internal.Warnings;
import io.langfuse4j.internal.config.Configuration;
import io.langfuse4j.internal.config.Settings;
import io.langfuse4j.internal.export.BatchSender;
import io.langfuse4j.internal.export.Batcher;
import io.langfuse4j.internal.export.Cargo;
import io.langfuse4j.internal.export.ExportCounters;
import io.langfuse4j.internal.export.ExportCounters.Loss;
import io.langfuse4j.internal.export.LazyBatcher;
import io.langfuse4j.internal.json.ContentEncoder;
import io.langfuse4j.internal.json.EncodingLimits;
import io.langfuse4j.internal.scores.QueuedScore;
import java.time.Duration;
import java.util.Objects;
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
  private final TraceSampling sampling;
  private final ContentEncoder encoder = new ContentEncoder(EncodingLimits.DEFAULT);
  private final LazyBatcher<QueuedScore> batcher;

  /**
   * Creates the way for scores.
   *
   * @param senders null if there is no server to send scores to
   */
  Scores(
      Configuration configuration,
      TraceSampling sampling,
      @Nullable Supplier<BatchSender<QueuedScore>> senders,
      ExportCounters counters) {
    this.configuration = configuration;
    this.senders = senders;
    this.counters = counters;
    this.batcher =
        new LazyBatcher<>(
            () ->
                new Batcher<>(
                    Cargo.SCORES,
                    limits(),
                    QueuedScore::bytes,
                    Objects.requireNonNull(senders).get(),
                    counters),
            counters);
    this.sampling = sampling;
  }

  /** Queues a score unless our own sampler does not sample its trace. */
  void add(Score score) {
    score.check();
    if (sampling.keeps(score.traceId())) {
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
    if (sampled && sampling.keeps(score.traceId())) {
      queue(score, environment);
    }
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
    batcher.add(score.queued(json, own));
    if (configuration.get(Settings.EXPORT_MODE) == ExportMode.IMMEDIATE) {
      batcher.flush(configuration.get(Settings.TIMEOUT));
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
    return batcher.flush();
  }

  boolean flush(Duration timeout) {
    return batcher.flush(timeout);
  }

  boolean close(Duration timeout) {
    return batcher.close(timeout);
  }
}
