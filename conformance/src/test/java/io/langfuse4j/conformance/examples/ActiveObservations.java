package io.langfuse4j.conformance.examples;

import static io.langfuse4j.ObservationType.AGENT;
import static io.langfuse4j.ObservationType.GENERATION;
import static io.langfuse4j.ObservationType.TOOL;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseGeneration;
import io.langfuse4j.LangfuseSpan;
import io.langfuse4j.LangfuseTool;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Observations that are current while a block runs. */
public final class ActiveObservations {

  private ActiveObservations() {}

  public static void jokePipeline(Langfuse langfuse) {
    // tag::joke-pipeline[]
    langfuse.run(
        "user-request-pipeline",
        root -> {
          root.input(Map.of("user_query", "Tell me a joke"));
          Langfuse.propagateAttributes(a -> a.userId("user_123").sessionId("session_abc"))
              .run(
                  () ->
                      langfuse.run(
                          "joke-generation",
                          GENERATION,
                          generation ->
                              generation
                                  .model("gpt-4o")
                                  .output("Why did the span cross the road?")));
          root.output(Map.of("final_joke", "..."));
        });
    // end::joke-pipeline[]
  }

  public static String capitalOfFrance(Langfuse langfuse) {
    // tag::capital-of-france[]
    String answer =
        langfuse.observe(
            "user-request",
            span -> {
              span.input(Map.of("query", "Capital of France?"));

              LangfuseGeneration generation = langfuse.startObservation("llm-call", GENERATION);
              generation
                  .model("gpt-4")
                  .input(List.of(Map.of("role", "user", "content", "Capital of France?")));
              generation.update(g -> g.output(Map.of("content", "Paris."))).end();

              span.output("Answered.");
              return "Paris.";
            });
    // end::capital-of-france[]
    return answer;
  }

  public static void outerProcess(Langfuse langfuse) {
    // tag::outer-process[]
    try (LangfuseSpan outer = langfuse.startActiveObservation("outer-process")) {

      try (LangfuseGeneration llm = langfuse.startActiveObservation("llm-step-1", GENERATION)) {
        llm.output("LLM 1 output");
      }

      try (LangfuseSpan intermediate = outer.startActiveObservation("intermediate-step")) {
        intermediate.run("llm-step-2", GENERATION, llm -> llm.output("LLM 2 output"));
        intermediate.output("Intermediate processing done");
      }

      outer.output("Outer process finished");
    }
    // end::outer-process[]
  }

  public static void allWays(Langfuse langfuse) {
    // tag::all-ways[]
    Function<String, String> summarize =
        langfuse.observed(
            "summarize",
            text -> {
              LangfuseTool tool = langfuse.startObservation("count-words", TOOL);
              tool.output(text.split(" ").length).end();
              return "short";
            });

    try (LangfuseSpan request = langfuse.startActiveObservation("request")) {
      String summary = langfuse.observe("agent", AGENT, agent -> summarize.apply("a long text"));
      request.output(summary);
    }
    // end::all-ways[]
  }

  public static void failure(Langfuse langfuse) {
    // tag::failure[]
    try (LangfuseSpan span = langfuse.startActiveObservation("read-document")) {
      try {
        span.output(read());
      } catch (IllegalStateException e) {
        span.fail(e); // close() cannot see the exception
        throw e;
      }
    }
    // end::failure[]
  }

  public static void failureInACallback(Langfuse langfuse) {
    // tag::failure-in-a-callback[]
    langfuse.run("read-document", span -> span.output(read()));
    // end::failure-in-a-callback[]
  }

  private static String read() {
    throw new IllegalStateException("the document is gone");
  }
}
