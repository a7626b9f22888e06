package io.langfuse4j.benchmarks;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseGeneration;
import io.langfuse4j.ObservationType;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * What instrumented code costs when nothing is recorded: tracing switched off, or the trace sampled
 * out. {@code notCalling} is the same code without a client.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class OffBenchmark {

  private final Conversation conversation = Conversation.ofBytes(1024);
  private Langfuse disabled = Tracers.langfuse().tracingEnabled(false).build();
  private Langfuse sampledOut = disabled;

  @Setup
  public void start() {
    disabled = Tracers.langfuse().tracingEnabled(false).build();
    sampledOut = Tracers.langfuse().spanExporter(new DiscardingExporter()).sampleRate(0.0).build();
  }

  @TearDown
  public void stop() {
    sampledOut.close();
  }

  @Benchmark
  public Object notCalling() {
    return conversation.output();
  }

  @Benchmark
  public Object disabled() {
    return active(disabled);
  }

  @Benchmark
  public Object disabledCallback() {
    return callback(disabled);
  }

  @Benchmark
  public Object disabledPlain() {
    return plain(disabled);
  }

  @Benchmark
  public Object sampledOut() {
    return active(sampledOut);
  }

  @Benchmark
  public Object sampledOutCallback() {
    return callback(sampledOut);
  }

  @Benchmark
  public Object sampledOutPlain() {
    return plain(sampledOut);
  }

  /** Three levels, of which the sampler decides on the first. */
  @Benchmark
  public void sampledOutTree(Blackhole blackhole) {
    blackhole.consume(
        (Object)
            sampledOut.observe(
                "agent", agent -> sampledOut.observe("tool", tool -> active(sampledOut))));
  }

  private Object active(Langfuse langfuse) {
    try (LangfuseGeneration generation =
        langfuse.startActiveObservation("chat", ObservationType.GENERATION)) {
      record(generation);
      return conversation.output();
    }
  }

  private Object callback(Langfuse langfuse) {
    return langfuse.observe(
        "chat",
        ObservationType.GENERATION,
        generation -> {
          record(generation);
          return conversation.output();
        });
  }

  private Object plain(Langfuse langfuse) {
    LangfuseGeneration generation = langfuse.startObservation("chat", ObservationType.GENERATION);
    record(generation);
    generation.end();
    return conversation.output();
  }

  private void record(LangfuseGeneration generation) {
    generation
        .model("gpt-4o")
        .modelParameters(conversation.parameters())
        .input(conversation.input())
        .output(conversation.output())
        .usage(usage -> usage.input(612).output(233));
  }
}
