package io.langfuse4j.conformance.examples;

import static io.langfuse4j.ObservationType.GENERATION;

import io.langfuse4j.Langfuse;
import java.util.Map;

/** What an observation learns after it has started. */
public final class Updates {

  private Updates() {}

  public static void withHandle(Langfuse langfuse) {
    // tag::update[]
    langfuse.run(
        "llm-call",
        GENERATION,
        generation -> {
          generation.model("gpt-5-mini").input(Map.of("prompt", "Why is the sky blue?"));
          String response = "Rayleigh scattering...";
          generation
              .output(response)
              .usage(Map.of("input_tokens", 5L, "output_tokens", 50L))
              .metadata("confidence", 0.9);
        });
    // end::update[]
  }

  public static void withoutHandle(Langfuse langfuse) {
    // tag::update-current[]
    langfuse.run(
        "data-processing",
        span -> {
          langfuse.updateCurrentSpan(s -> s.metadata("step1_complete", true));
          langfuse.updateCurrentSpan(s -> s.output(Map.of("result", "final_data")));
        });
    // end::update-current[]
  }

  public static void generationWithoutHandle(Langfuse langfuse) {
    // tag::update-current-generation[]
    langfuse.run(
        "llm-call",
        GENERATION,
        generation -> langfuse.updateCurrentGeneration(g -> g.usage(u -> u.input(5).output(50))));
    // end::update-current-generation[]
  }
}
