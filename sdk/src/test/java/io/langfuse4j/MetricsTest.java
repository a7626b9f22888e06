package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.OtlpSink.Answer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code stats()} tells, as metrics of the application's OpenTelemetry. */
class MetricsTest extends ClientTest {

  @TempDir Path directory;

  /** Collects when it is asked. */
  private static final class OnDemand implements MetricReader {
    private CollectionRegistration registration;

    @Override
    public void register(CollectionRegistration given) {
      registration = given;
    }

    @Override
    public CompletableResultCode forceFlush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
      return AggregationTemporality.CUMULATIVE;
    }

    Map<String, Long> values() {
      Map<String, Long> values = new TreeMap<>();
      for (MetricData metric : registration.collectAllMetrics()) {
        for (LongPointData point : metric.getLongSumData().getPoints()) {
          String reason =
              point.getAttributes().isEmpty()
                  ? ""
                  : " " + point.getAttributes().asMap().values().iterator().next();
          values.put(metric.getName() + reason, point.getValue());
        }
      }
      return values;
    }
  }

  @Test
  void metrics_areTheStats() {
    OnDemand reader = new OnDemand();
    try (SdkMeterProvider meters = SdkMeterProvider.builder().registerMetricReader(reader).build();
        LangfuseMetrics metrics = LangfuseMetrics.register(langfuse, meters.get("langfuse4j"))) {
      sink.answering(n -> Answer.status(n == 1 ? 503 : n == 2 ? 400 : 200));
      langfuse.run("refused", o -> {});
      assertThat(langfuse.flush()).isFalse();
      langfuse.run("sent", o -> o.score("s", 1));
      flush();

      assertThat(reader.values())
          .isEqualTo(
              new TreeMap<>(
                  Map.ofEntries(
                      Map.entry("langfuse.observations.sent", 1L),
                      Map.entry("langfuse.observations.dropped queue_full", 0L),
                      Map.entry("langfuse.observations.dropped rejected", 1L),
                      Map.entry("langfuse.observations.dropped unreachable", 0L),
                      Map.entry("langfuse.observations.dropped closed", 0L),
                      Map.entry("langfuse.observations.truncated", 0L),
                      Map.entry("langfuse.observations.queued", 0L),
                      Map.entry("langfuse.queue.size", 0L),
                      Map.entry("langfuse.spill.size", 0L),
                      Map.entry("langfuse.requests.retried", 1L),
                      Map.entry("langfuse.scores.sent", 1L),
                      Map.entry("langfuse.scores.dropped", 0L),
                      Map.entry("langfuse.scores.queued", 0L),
                      Map.entry("langfuse.media.sent", 0L),
                      Map.entry("langfuse.media.dropped", 0L),
                      Map.entry("langfuse.media.queued", 0L))));
      metrics.close();
      assertThat(reader.values()).isEmpty();
    }
  }

  @Test
  void spillSize_isWhatIsOnDisk() {
    sink.answering(n -> Answer.status(503));
    Langfuse client = client(s -> s.spillDirectory(directory).flushInterval(Duration.ofMillis(10)));
    client.run("kept", o -> {});
    assertThat(client.flush(Duration.ofMillis(300))).isFalse();
    assertThat(client.stats().spilledBytes()).isPositive();

    sink.answering(n -> Answer.status(200));
    assertThat(client.flush(Duration.ofSeconds(20))).isTrue();
    assertThat(client.stats().spilledBytes()).isZero();
  }
}
