package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.testing.MetricsOnDemand;
import io.langfuse4j.testing.OtlpSink.Answer;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code stats()} tells, as metrics of the application's OpenTelemetry. */
class MetricsTest extends ClientTest {

  @TempDir Path directory;

  private static Map<String, Long> values(MetricsOnDemand reader) {
    Map<String, Long> values = new TreeMap<>();
    for (MetricData metric : reader.metrics()) {
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

  @Test
  void metrics_areTheStats() {
    MetricsOnDemand reader = new MetricsOnDemand();
    try (SdkMeterProvider meters = SdkMeterProvider.builder().registerMetricReader(reader).build();
        LangfuseMetrics metrics = LangfuseMetrics.register(langfuse, meters.get("langfuse4j"))) {
      sink.answering(n -> Answer.status(n == 1 ? 503 : n == 2 ? 400 : 200));
      langfuse.run("refused", o -> {});
      assertThat(langfuse.flush()).isFalse();
      langfuse.run("sent", o -> o.score("s", 1));
      flush();

      assertThat(values(reader))
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
      assertThat(values(reader)).isEmpty();
    }
  }

  @Test
  void spillSize_isWhatIsOnDisk() {
    sink.answering(n -> Answer.status(503));
    Langfuse client = client(s -> s.spillDirectory(directory).flushInterval(Duration.ofMillis(10)));
    client.run("kept", o -> {});
    assertThat(client.flush(Duration.ofMillis(300))).isFalse();
    await().until(() -> client.stats().spilledBytes() > 0);

    sink.answering(n -> Answer.status(200));
    assertThat(client.flush(Duration.ofSeconds(20))).isTrue();
    assertThat(client.stats().spilledBytes()).isZero();
  }
}
