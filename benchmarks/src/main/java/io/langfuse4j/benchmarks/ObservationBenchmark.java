package io.langfuse4j.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseGeneration;
import io.langfuse4j.Masks;
import io.langfuse4j.ObservationType;
import io.langfuse4j.PropagationScope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one model call costs the thread that makes it: an active generation with messages in and
 * out, model, parameters and usage, beside the same span written by hand with OpenTelemetry.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ObservationBenchmark {

  /** Text in each direction. */
  @Param({"100", "1024", "2048", "102400"})
  int bytes = 1024;

  private final DiscardingExporter exporter = new DiscardingExporter();
  private Conversation conversation = Conversation.ofBytes(0);
  private BareSpan.Encoded encoded = BareSpan.Encoded.of(conversation);
  private Langfuse langfuse = Tracers.langfuse().tracingEnabled(false).build();
  private Langfuse masking = langfuse;
  private SdkTracerProvider openTelemetry = SdkTracerProvider.builder().build();
  private BareSpan bareSpan = new BareSpan(openTelemetry.get("none"));

  @Setup
  public void start() {
    conversation = Conversation.ofBytes(bytes);
    encoded = BareSpan.Encoded.of(conversation);
    langfuse = Tracers.langfuse().spanExporter(exporter).build();
    masking =
        Tracers.langfuse()
            .spanExporter(exporter)
            .mask(Masks.secrets().and(Masks.personalData()))
            .build();
    openTelemetry = Tracers.openTelemetry(exporter);
    bareSpan = new BareSpan(openTelemetry.get("benchmark"));
  }

  @TearDown(Level.Trial)
  public void stop() {
    langfuse.close();
    masking.close();
    openTelemetry.close();
    System.out.printf("%n# %,d exported; %s%n", exporter.exported(), langfuse.stats());
  }

  @Benchmark
  public String langfuse() {
    return record(langfuse);
  }

  /** With the ready-made masks, which run on the exporting thread. */
  @Benchmark
  public String langfuseMasking() {
    return record(masking);
  }

  /** In a block that propagates a user, a session and two tags. */
  @Benchmark
  public String langfusePropagating(Propagating propagating) {
    return record(langfuse);
  }

  private String record(Langfuse langfuse) {
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
  public String openTelemetryEncodedBefore() {
    return bareSpan.record(encoded);
  }

  /** A request of one user, on the thread that measures. */
  @State(Scope.Thread)
  public static class Propagating {

    private PropagationScope scope = Langfuse.propagateAttributes(attributes -> {});

    @Setup(Level.Iteration)
    public void open() {
      scope.close();
      scope =
          Langfuse.propagateAttributes(
              attributes -> attributes.userId("user-123").sessionId("s-42").tags("beta", "eu"));
    }

    @TearDown(Level.Iteration)
    public void close() {
      scope.close();
    }
  }
}
