package io.langfuse4j.javaagent.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.Outcome;
import io.langfuse4j.instrumentation.testing.Shows;
import io.langfuse4j.testing.RecordedSpan;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts applications that have nothing of Langfuse with the packaged agent. */
@Integrates(
    library = "openai-java",
    operation = "chat completions",
    way = "agent",
    without = {
      "TOOL_CALL: as by hand, the agent only wraps the client",
      "TRANSPORT_ERROR: as by hand, the agent only wraps the client",
      "CUT: as by hand, the agent only wraps the client",
      "CANCELLED: as by hand, the agent only wraps the client",
      "ABANDONED: as by hand, the agent only wraps the client"
    })
class LibrariesIT {

  private final TracedProgram program = new TracedProgram();

  @AfterEach
  void close() {
    program.close();
  }

  @Test
  @Shows({Outcome.OK, Outcome.PROVIDER_ERROR})
  void openAI_isTracedWithNoCode() throws Exception {
    String said = run(TracedProgram.OURS);

    assertThat(said).contains("Hello Ada.", "6 chunks", "RateLimitException", "false false");
    assertThat(program.sink.spans()).hasSize(3).allSatisfy(LibrariesIT::isGeneration);
  }

  @Test
  void openAI_besideOpenTelemetrysAgent_isTracedOnce() throws Exception {
    String said = run(TracedProgram.OURS, TracedProgram.agent("opentelemetry-javaagent"));

    assertThat(said).contains("Hello Ada.");
    assertThat(program.sink.spans()).hasSize(3).allSatisfy(LibrariesIT::isGeneration);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void openAI_besideDatadogsAgent_isTracedOnce(boolean oursFirst) throws Exception {
    String theirs = TracedProgram.agent("dd-java-agent");

    String said =
        oursFirst
            ? run(TracedProgram.OURS, theirs, "-Ddd.trace.enabled=true")
            : run(theirs, TracedProgram.OURS, "-Ddd.trace.enabled=true");

    assertThat(said).contains("Hello Ada.", "6 chunks", "DATADOG TRACER CONFIGURATION");
    assertThat(program.sink.spans()).hasSize(3).allSatisfy(LibrariesIT::isGeneration);
  }

  @Test
  void switchedOff_leavesTheLibraryAlone() throws Exception {
    String said = run(TracedProgram.OURS + "=libraries=false");

    assertThat(said).contains("Hello Ada.");
    assertThat(program.sink.spans()).isEmpty();
  }

  private static void isGeneration(RecordedSpan span) {
    assertThat(span.name()).isEqualTo("OpenAI-generation");
    assertThat(span.observation("input").toString()).contains("Hello?");
  }

  private String run(String... options) throws IOException, InterruptedException {
    program
        .provider
        .json(200, ChatWire.completion(ChatWire.TEXT, "stop"))
        .events(ChatWire.textEvents())
        .json(429, ChatWire.error("Slow down.", "requests", "rate_limit_exceeded"));
    return program.run(OpenAIProgram.class, options);
  }
}
