package io.langfuse4j.conformance.examples;

import static io.langfuse4j.ObservationType.GENERATION;

import io.langfuse4j.Langfuse;
import java.util.List;
import java.util.Map;

/** Input and output of a whole trace. */
public final class TraceInputAndOutput {

  private TraceInputAndOutput() {}

  public static void ofTheRoot(Langfuse langfuse) {
    // tag::default-input-and-output[]
    langfuse.run(
        "user-request",
        root -> {
          root.input(Map.of("query", "What is the capital of France?")); // the trace's input
          langfuse.run(
              "llm-call",
              GENERATION,
              generation -> {
                Map<String, String> message =
                    Map.of("role", "user", "content", "What is the capital of France?");
                generation.model("gpt-4o").input(Map.of("messages", List.of(message)));
                generation.output("Paris is the capital of France.");
              });
          root.output(Map.of("answer", "Paris")); // the trace's output
        });
    // end::default-input-and-output[]
  }

  @SuppressWarnings("deprecation")
  public static void ofItsOwn(Langfuse langfuse) {
    // tag::own-input-and-output[]
    langfuse.run(
        "complex-pipeline",
        root -> {
          root.input("Step 1 data").output("Step 1 result");
          root.setTraceIO(
              Map.of("original_query", "User's actual question"),
              Map.of("final_answer", "Complete response", "confidence", 0.95));
        });
    // end::own-input-and-output[]
  }

  @SuppressWarnings("deprecation")
  public static String fromInside(Langfuse langfuse, String question) {
    // tag::current-input-and-output[]
    return langfuse.observe(
        "process-user-query",
        span -> {
          String answer = langfuse.observe("call-llm", GENERATION, generation -> "42");
          langfuse.setCurrentTraceIO(Map.of("question", question), Map.of("answer", answer));
          return answer;
        });
    // end::current-input-and-output[]
  }
}
