package io.langfuse4j.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braintrust.instrumentation.InstrumentationSemConv;
import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseGeneration;
import io.langfuse4j.ObservationType;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One model call with 1 KB in and 1 KB out, as other Java tracers for LLMs record it. Braintrust
 * has no way to record a call by hand: it is measured with what its OpenAI instrumentation calls,
 * given the request and response bodies as ready strings.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class PeersBenchmark {

  private final Conversation conversation = Conversation.ofBytes(1024);
  private final DiscardingExporter exporter = new DiscardingExporter();
  private String request = "";
  private String response = "";
  private Langfuse langfuse = Tracers.langfuse().tracingEnabled(false).build();
  private SdkTracerProvider openTelemetry = SdkTracerProvider.builder().build();
  private SdkTracerProvider braintrust = openTelemetry;
  private BareSpan bareSpan = new BareSpan(openTelemetry.get("none"));
  private Tracer braintrustTracer = openTelemetry.get("none");

  @Setup
  public void start() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    request =
        mapper.writeValueAsString(
            Map.of(
                "model",
                "gpt-4o",
                "temperature",
                0.2,
                "max_tokens",
                1024,
                "messages",
                conversation.input()));
    response =
        mapper.writeValueAsString(
            Map.of(
                "id",
                "chatcmpl-1",
                "object",
                "chat.completion",
                "model",
                "gpt-4o",
                "choices",
                List.of(
                    Map.of(
                        "index",
                        0,
                        "finish_reason",
                        "stop",
                        "message",
                        conversation.output().get(0))),
                "usage",
                Map.of("prompt_tokens", 612, "completion_tokens", 233, "total_tokens", 845)));
    langfuse = Tracers.langfuse().spanExporter(exporter).build();
    openTelemetry = Tracers.openTelemetry(exporter);
    bareSpan = new BareSpan(openTelemetry.get("benchmark"));
    braintrust = Tracers.braintrust(exporter);
    braintrustTracer = braintrust.get("benchmark");
  }

  @TearDown
  public void stop() {
    langfuse.close();
    openTelemetry.close();
    braintrust.close();
  }

  @Benchmark
  public String langfuse() {
    try (LangfuseGeneration generation =
        langfuse.startActiveObservation("chat", ObservationType.GENERATION)) {
      generation
          .model("gpt-4o")
          .modelParameters(conversation.parameters())
          .input(conversation.input())
          .output(conversation.output())
          .usage(usage -> usage.input(612).output(233));
      return generation.id();
    }
  }

  @Benchmark
  public String openTelemetryWithObjectMapper() throws JsonProcessingException {
    return bareSpan.record(conversation, 612, 233);
  }

  @Benchmark
  public String braintrust() {
    Span span = braintrustTracer.spanBuilder("chat").startSpan();
    try (io.opentelemetry.context.Scope scope = span.makeCurrent()) {
      InstrumentationSemConv.tagLLMSpanRequest(
          span,
          InstrumentationSemConv.PROVIDER_NAME_OPENAI,
          "https://api.openai.com",
          List.of("v1", "chat", "completions"),
          "POST",
          request);
      InstrumentationSemConv.tagLLMSpanResponse(
          span, InstrumentationSemConv.PROVIDER_NAME_OPENAI, response);
    } finally {
      span.end();
    }
    return span.getSpanContext().getSpanId();
  }
}
