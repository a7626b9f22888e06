package io.langfuse4j.internal.export;

import io.langfuse4j.internal.export.ExportCounters.Loss;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Hands batches to an OpenTelemetry exporter of the application's choice. */
public final class ExporterSender implements BatchSender<SpanData> {

  private final SpanExporter exporter;
  private final Duration timeout;
  private final ExportCounters counters;

  public ExporterSender(SpanExporter exporter, Duration timeout, ExportCounters counters) {
    this.exporter = exporter;
    this.timeout = timeout;
    this.counters = counters;
  }

  @Override
  public void send(List<SpanData> spans) {
    CompletableResultCode result = exporter.export(List.copyOf(spans));
    result.join(timeout.toNanos(), TimeUnit.NANOSECONDS);
    if (result.isSuccess()) {
      counters.addSent(spans.size());
    } else {
      counters.error(exporter.getClass().getName() + " did not export a batch");
      counters.addLost(result.isDone() ? Loss.REJECTED : Loss.UNREACHABLE, spans.size());
    }
  }

  @Override
  public void hurry() {}

  @Override
  public void close() {
    exporter.shutdown().join(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }
}
