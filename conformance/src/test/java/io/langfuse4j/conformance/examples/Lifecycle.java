package io.langfuse4j.conformance.examples;

import com.sun.net.httpserver.HttpExchange;
import io.langfuse4j.ExportMode;
import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseMetrics;
import io.langfuse4j.LangfuseSpanProcessor;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** When observations are sent. */
public final class Lifecycle {

  private Lifecycle() {}

  public static boolean flush() {
    // tag::flush[]
    Langfuse langfuse = Langfuse.get();
    langfuse.run("work", span -> span.output("done"));
    boolean delivered = langfuse.flush(Duration.ofSeconds(5));
    // end::flush[]
    return delivered;
  }

  public static void shutdown() {
    // tag::shutdown[]
    try (Langfuse langfuse = Langfuse.get()) {
      langfuse.run("work", span -> span.output("done"));
    } // sends what is queued, for at most five seconds
    // end::shutdown[]
  }

  public static void immediate() {
    // tag::immediate[]
    Langfuse langfuse = Langfuse.builder().exportMode(ExportMode.IMMEDIATE).build();
    langfuse.run("work", span -> span.output("done")); // sent when this returns
    // end::immediate[]
  }

  public static void function() throws Exception {
    // tag::run-and-flush[]
    Langfuse.get().runAndFlush(() -> handle("event"));
    // end::run-and-flush[]
  }

  private static void handle(String event) {
    Langfuse.get().run("handle", span -> span.input(event));
  }

  public static void ownProvider(SpanProcessor myOtherProcessor) {
    // tag::own-provider[]
    LangfuseSpanProcessor langfuseProcessor = LangfuseSpanProcessor.create();
    SdkTracerProvider tracerProvider =
        SdkTracerProvider.builder()
            .addSpanProcessor(langfuseProcessor)
            .addSpanProcessor(myOtherProcessor)
            .build();
    Langfuse langfuse =
        Langfuse.builder().tracerProvider(tracerProvider, langfuseProcessor).build();
    // end::own-provider[]

    langfuse.run("own-provider", span -> span.output("done"));

    // tag::force-flush[]
    langfuseProcessor.forceFlush().join(5, TimeUnit.SECONDS);
    // end::force-flush[]
    tracerProvider.close();
  }

  public static SdkTracerProvider joinedProvider(
      Langfuse langfuse, SpanProcessor myOtherProcessor) {
    // tag::joined-provider[]
    SdkTracerProvider tracerProvider =
        SdkTracerProvider.builder()
            .addSpanProcessor(langfuse.spanProcessor())
            .addSpanProcessor(myOtherProcessor)
            .build();
    // end::joined-provider[]
    return tracerProvider;
  }

  public static void autoconfigured() {
    // tag::autoconfigured[]
    OpenTelemetrySdk openTelemetry =
        AutoConfiguredOpenTelemetrySdk.builder().build().getOpenTelemetrySdk();
    // end::autoconfigured[]
    openTelemetry.getTracer("ai").spanBuilder("chat").startSpan().end();
    openTelemetry.close();
  }

  public static void afterResponse(HttpExchange exchange) throws IOException {
    // tag::after-response[]
    Langfuse langfuse = Langfuse.get();
    byte[] answer =
        langfuse.observe("POST /chat", span -> "Paris.".getBytes(StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close(); // the caller has its answer

    langfuse.flush(); // and only now do we wait for Langfuse
    // end::after-response[]
  }

  public static LangfuseMetrics metrics(Langfuse langfuse, OpenTelemetry openTelemetry) {
    // tag::metrics[]
    LangfuseMetrics metrics =
        LangfuseMetrics.register(langfuse, openTelemetry.getMeter("langfuse4j"));
    // end::metrics[]
    return metrics;
  }
}
