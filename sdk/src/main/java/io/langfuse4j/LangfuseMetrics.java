package io.langfuse4j;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;

/**
 * {@link Langfuse#stats()} as OpenTelemetry metrics, read whenever the application's meter provider
 * collects; nothing is counted twice and no thread is started.
 *
 * <pre>{@code
 * LangfuseMetrics metrics = LangfuseMetrics.register(langfuse, openTelemetry.getMeter("langfuse4j"));
 * }</pre>
 *
 * <table>
 * <caption>Instruments</caption>
 * <tr><td>{@code langfuse.observations.sent}<td>counter, {@code {observation}}
 * <tr><td>{@code langfuse.observations.dropped}<td>counter, by {@code reason}: queue_full,
 *     rejected, unreachable, closed
 * <tr><td>{@code langfuse.observations.truncated}<td>counter
 * <tr><td>{@code langfuse.observations.queued}<td>up-down counter
 * <tr><td>{@code langfuse.queue.size}<td>up-down counter, bytes
 * <tr><td>{@code langfuse.spill.size}<td>up-down counter, bytes on disk
 * <tr><td>{@code langfuse.requests.retried}<td>counter
 * <tr><td>{@code langfuse.scores.sent}, {@code .dropped}<td>counters
 * <tr><td>{@code langfuse.scores.queued}<td>up-down counter
 * <tr><td>{@code langfuse.media.sent}, {@code .dropped}<td>counters, files
 * <tr><td>{@code langfuse.media.queued}<td>up-down counter, files
 * </table>
 *
 * <p>Thread-safe. {@link #close()} ends the registration and leaves the client alone.
 */
public final class LangfuseMetrics implements AutoCloseable {

  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");
  private static final Attributes QUEUE_FULL = Attributes.of(REASON, "queue_full");
  private static final Attributes REJECTED = Attributes.of(REASON, "rejected");
  private static final Attributes UNREACHABLE = Attributes.of(REASON, "unreachable");
  private static final Attributes CLOSED = Attributes.of(REASON, "closed");

  private final Langfuse langfuse;
  private final ObservableLongMeasurement sent;
  private final ObservableLongMeasurement dropped;
  private final ObservableLongMeasurement truncated;
  private final ObservableLongMeasurement queued;
  private final ObservableLongMeasurement queuedBytes;
  private final ObservableLongMeasurement spilledBytes;
  private final ObservableLongMeasurement retried;
  private final ObservableLongMeasurement scoresSent;
  private final ObservableLongMeasurement scoresDropped;
  private final ObservableLongMeasurement scoresQueued;
  private final ObservableLongMeasurement mediaSent;
  private final ObservableLongMeasurement mediaDropped;
  private final ObservableLongMeasurement mediaQueued;
  private final BatchCallback callback;

  private LangfuseMetrics(Langfuse langfuse, Meter meter) {
    this.langfuse = langfuse;
    this.sent = counter(meter, "langfuse.observations.sent", "{observation}");
    this.dropped = counter(meter, "langfuse.observations.dropped", "{observation}");
    this.truncated = counter(meter, "langfuse.observations.truncated", "{observation}");
    this.queued = level(meter, "langfuse.observations.queued", "{observation}");
    this.queuedBytes = level(meter, "langfuse.queue.size", "By");
    this.spilledBytes = level(meter, "langfuse.spill.size", "By");
    this.retried = counter(meter, "langfuse.requests.retried", "{request}");
    this.scoresSent = counter(meter, "langfuse.scores.sent", "{score}");
    this.scoresDropped = counter(meter, "langfuse.scores.dropped", "{score}");
    this.scoresQueued = level(meter, "langfuse.scores.queued", "{score}");
    this.mediaSent = counter(meter, "langfuse.media.sent", "{file}");
    this.mediaDropped = counter(meter, "langfuse.media.dropped", "{file}");
    this.mediaQueued = level(meter, "langfuse.media.queued", "{file}");
    this.callback =
        meter.batchCallback(
            this::record,
            sent,
            dropped,
            truncated,
            queued,
            queuedBytes,
            spilledBytes,
            retried,
            scoresSent,
            scoresDropped,
            scoresQueued,
            mediaSent,
            mediaDropped,
            mediaQueued);
  }

  /** Registers the instruments; until {@link #close()}. */
  public static LangfuseMetrics register(Langfuse langfuse, Meter meter) {
    return new LangfuseMetrics(langfuse, meter);
  }

  private static ObservableLongMeasurement counter(Meter meter, String name, String unit) {
    return meter.counterBuilder(name).setUnit(unit).buildObserver();
  }

  private static ObservableLongMeasurement level(Meter meter, String name, String unit) {
    return meter.upDownCounterBuilder(name).setUnit(unit).buildObserver();
  }

  private void record() {
    LangfuseStats stats = langfuse.stats();
    sent.record(stats.sent());
    dropped.record(stats.droppedQueueFull(), QUEUE_FULL);
    dropped.record(stats.droppedRejected(), REJECTED);
    dropped.record(stats.droppedUnreachable(), UNREACHABLE);
    dropped.record(stats.droppedClosed(), CLOSED);
    truncated.record(stats.truncated());
    queued.record(stats.queued());
    queuedBytes.record(stats.queuedBytes());
    spilledBytes.record(stats.spilledBytes());
    retried.record(stats.retries());
    scoresSent.record(stats.scoresSent());
    scoresDropped.record(stats.scoresDropped());
    scoresQueued.record(stats.scoresQueued());
    mediaSent.record(stats.mediaSent());
    mediaDropped.record(stats.mediaDropped());
    mediaQueued.record(stats.mediaQueued());
  }

  @Override
  public void close() {
    callback.close();
  }
}
