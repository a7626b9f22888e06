package io.langfuse4j.spring;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/**
 * {@link Langfuse#stats()} as Micrometer meters, under the names that {@code LangfuseMetrics} has
 * in OpenTelemetry. Read when a registry publishes. Thread-safe.
 */
final class LangfuseMeters implements MeterBinder {

  private final Langfuse langfuse;

  LangfuseMeters(Langfuse langfuse) {
    this.langfuse = langfuse;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counter(registry, "langfuse.observations.sent", "observations", LangfuseStats::sent);
    dropped(registry, "queue_full", LangfuseStats::droppedQueueFull);
    dropped(registry, "rejected", LangfuseStats::droppedRejected);
    dropped(registry, "unreachable", LangfuseStats::droppedUnreachable);
    dropped(registry, "closed", LangfuseStats::droppedClosed);
    counter(registry, "langfuse.observations.truncated", "observations", LangfuseStats::truncated);
    gauge(registry, "langfuse.observations.queued", "observations", LangfuseStats::queued);
    gauge(registry, "langfuse.queue.size", "bytes", LangfuseStats::queuedBytes);
    gauge(registry, "langfuse.spill.size", "bytes", LangfuseStats::spilledBytes);
    counter(registry, "langfuse.requests.retried", "requests", LangfuseStats::retries);
    counter(registry, "langfuse.scores.sent", "scores", LangfuseStats::scoresSent);
    counter(registry, "langfuse.scores.dropped", "scores", LangfuseStats::scoresDropped);
    gauge(registry, "langfuse.scores.queued", "scores", LangfuseStats::scoresQueued);
    counter(registry, "langfuse.media.sent", "files", LangfuseStats::mediaSent);
    counter(registry, "langfuse.media.dropped", "files", LangfuseStats::mediaDropped);
    gauge(registry, "langfuse.media.queued", "files", LangfuseStats::mediaQueued);
  }

  private void dropped(
      MeterRegistry registry, String reason, ToDoubleFunction<LangfuseStats> value) {
    FunctionCounter.builder("langfuse.observations.dropped", langfuse, read(value))
        .baseUnit("observations")
        .tag("reason", reason)
        .register(registry);
  }

  private void counter(
      MeterRegistry registry, String name, String unit, ToDoubleFunction<LangfuseStats> value) {
    FunctionCounter.builder(name, langfuse, read(value)).baseUnit(unit).register(registry);
  }

  private void gauge(
      MeterRegistry registry, String name, String unit, ToDoubleFunction<LangfuseStats> value) {
    Gauge.builder(name, langfuse, read(value)).baseUnit(unit).register(registry);
  }

  private static ToDoubleFunction<Langfuse> read(ToDoubleFunction<LangfuseStats> value) {
    return langfuse -> value.applyAsDouble(langfuse.stats());
  }
}
