package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseMetrics;
import io.langfuse4j.testing.MetricsOnDemand;
import io.langfuse4j.testing.OtlpSink;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of metrics in the guide is what the SDK registers. */
class MetricsGuideTest {

  @Test
  void table_namesEveryMetricWithItsKindAndUnit() {
    MetricsOnDemand reader = new MetricsOnDemand();
    try (OtlpSink sink = new OtlpSink();
        Langfuse langfuse =
            Langfuse.builder()
                .publicKey("pk")
                .secretKey("sk")
                .baseUrl(sink.url())
                .shutdownHook(false)
                .build();
        SdkMeterProvider meters = SdkMeterProvider.builder().registerMetricReader(reader).build();
        LangfuseMetrics metrics = LangfuseMetrics.register(langfuse, meters.get("langfuse4j"))) {
      List<List<String>> registered = reader.metrics().stream().map(MetricsGuideTest::row).toList();

      assertThat(documented()).containsExactlyInAnyOrderElementsOf(registered);
    }
  }

  private static List<String> row(MetricData metric) {
    boolean counter = metric.getLongSumData().isMonotonic();
    return List.of(metric.getName(), counter ? "counter" : "up-down counter", metric.getUnit());
  }

  private static List<List<String>> documented() {
    return MarkdownTable.rows("docs/short-lived.md").stream()
        .filter(row -> row.get(0).startsWith("`langfuse."))
        .map(row -> List.of(code(row.get(0)), row.get(1), code(row.get(2))))
        .toList();
  }

  private static String code(String cell) {
    return cell.replace("`", "");
  }
}
