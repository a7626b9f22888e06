package io.langfuse4j.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.internal.json.ContentEncoder;
import io.langfuse4j.internal.json.EncodingLimits;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Messages to JSON text, which is most of what an observation costs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class EncodingBenchmark {

  @Param({"100", "1024", "102400"})
  int bytes = 1024;

  @Param({"english", "german", "japanese"})
  String language = "english";

  private final ObjectMapper mapper = new ObjectMapper();
  private final ContentEncoder encoder = new ContentEncoder(EncodingLimits.DEFAULT);
  private Conversation conversation = Conversation.ofBytes(0);

  @Setup
  public void start() {
    conversation = Conversation.of(bytes, language);
  }

  @Benchmark
  public @Nullable String langfuse() {
    return encoder.encode(conversation.input());
  }

  @Benchmark
  public String objectMapper() throws JsonProcessingException {
    return mapper.writeValueAsString(conversation.input());
  }
}
