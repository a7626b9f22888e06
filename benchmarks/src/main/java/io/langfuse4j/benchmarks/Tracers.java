package io.langfuse4j.benchmarks;

import dev.braintrust.trace.BraintrustProcessors;
import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseBuilder;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;

/**
 * The same pipeline for everybody: a queue that the exporting thread can keep empty, batches of
 * 512, and an exporter of the benchmark's choice.
 */
final class Tracers {

  static final int QUEUE = 1 << 16;
  static final int BATCH = 512;
  private static final Duration DELAY = Duration.ofSeconds(1);

  private Tracers() {}

  static LangfuseBuilder langfuse() {
    return Langfuse.builder()
        .publicKey("pk-lf-benchmark")
        .secretKey("sk-lf-benchmark")
        .baseUrl("http://127.0.0.1:9")
        .maxQueueSize(QUEUE)
        .maxQueueBytes(1L << 30)
        .flushAt(BATCH)
        .shutdownHook(false);
  }

  static SdkTracerProvider openTelemetry(SpanExporter exporter) {
    return SdkTracerProvider.builder().addSpanProcessor(batches(exporter)).build();
  }

  static SdkTracerProvider braintrust(SpanExporter exporter) {
    return SdkTracerProvider.builder()
        .addSpanProcessor(BraintrustProcessors.inFrontOf(batches(exporter)))
        .build();
  }

  static SdkLoggerProvider logs(LogRecordExporter exporter) {
    return SdkLoggerProvider.builder()
        .addLogRecordProcessor(
            BatchLogRecordProcessor.builder(exporter)
                .setMaxQueueSize(QUEUE)
                .setMaxExportBatchSize(BATCH)
                .setScheduleDelay(DELAY)
                .build())
        .build();
  }

  private static SpanProcessor batches(SpanExporter exporter) {
    return BatchSpanProcessor.builder(exporter)
        .setMaxQueueSize(QUEUE)
        .setMaxExportBatchSize(BATCH)
        .setScheduleDelay(DELAY)
        .build();
  }
}
