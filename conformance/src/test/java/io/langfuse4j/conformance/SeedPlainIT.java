package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.conformance.examples.PlainObservations;
import io.langfuse4j.conformance.examples.Updates;
import io.langfuse4j.testing.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The documentation's programs with plain observations and with updates. */
@Requirement("R156")
class SeedPlainIT {

  @RegisterExtension final SeedServer server = new SeedServer();

  @Test
  @Requirement({"R53", "R54", "R55", "R57", "R58", "R59"})
  void manualSpan() {
    PlainObservations.manualSpan(server.langfuse());

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace manual-span
              input Data for side task
            - span manual-span
                input Data for side task
              - generation child-span
            """);
  }

  @Test
  @Requirement({"R51", "R65", "R66", "R67"})
  void sideTask() {
    PlainObservations.sideTask(server.langfuse());

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace main-operation
              output Main operation finished
            - span main-operation
                output Main operation finished
              - span core-step-within-main
                  input Data for core step
                  output Core step finished
              - span manual-side-task
                  input Data for side task
                  output Side task completed
            """);
  }

  @Test
  @Requirement({"R68", "R69", "R84"})
  void weather() {
    PlainObservations.weather(server.langfuse());

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace user-request
              input {"query":"What is the capital of France?"}
              output Successfully answered user request.
            - span user-request
                input {"query":"What is the capital of France?"}
                output Successfully answered user request.
              - tool fetch-weather
                  input {"city":"Paris"}
                  output {"temperature":"15°C"}
              - generation llm-call
                  model gpt-4
                  usage {"input":10,"output":5,"total":15}
                  input [{"content":"What is the capital of France?","role":"user"}]
                  output {"content":"The capital of France is Paris."}
            """);
  }

  @Test
  @Requirement({"R50", "R58", "R62"})
  void manualParent() {
    PlainObservations.manualParent(server.langfuse());

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace manual-parent
            - span manual-parent
              - generation manual-child-generation
              - span manual-child-span
            """);
  }

  @Test
  @Requirement({"R77", "R80", "R81"})
  void update() {
    Updates.withHandle(server.langfuse());

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace llm-call
              input {"prompt":"Why is the sky blue?"}
              output Rayleigh scattering...
              metadata {"confidence":0.9}
            - generation llm-call
                model gpt-5-mini
                usage {"input_tokens":5,"output_tokens":50,"total":55}
                input {"prompt":"Why is the sky blue?"}
                output Rayleigh scattering...
                metadata {"confidence":0.9}
            """);
  }

  @Test
  @Requirement({"R79", "R80", "R82"})
  void updateOfTheCurrentSpan() {
    Updates.withoutHandle(server.langfuse());

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace data-processing
              output {"result":"final_data"}
              metadata {"step1_complete":true}
            - span data-processing
                output {"result":"final_data"}
                metadata {"step1_complete":true}
            """);
  }

  @Test
  @Requirement("R83")
  void updateOfTheCurrentGeneration() {
    Updates.generationWithoutHandle(server.langfuse());

    assertThat(TraceText.of(server.sentTrace()))
        .isEqualTo(
            """
            trace llm-call
            - generation llm-call
                usage {"input":5,"output":50,"total":55}
            """);
  }
}
