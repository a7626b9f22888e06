package io.langfuse4j.conformance.examples;

import static io.langfuse4j.ObservationType.GENERATION;
import static io.langfuse4j.ObservationType.TOOL;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseGeneration;
import io.langfuse4j.LangfuseSpan;
import io.langfuse4j.LangfuseTool;
import java.util.List;
import java.util.Map;

/** Observations that are never current and must be ended. */
public final class PlainObservations {

  private PlainObservations() {}

  public static void manualSpan(Langfuse langfuse) {
    // tag::manual-span[]
    LangfuseSpan span = langfuse.startObservation("manual-span");
    span.input("Data for side task");
    LangfuseGeneration child = span.startObservation("child-span", GENERATION);
    child.end();
    span.end();
    // end::manual-span[]
  }

  public static void sideTask(Langfuse langfuse) {
    // tag::side-task[]
    langfuse.run(
        "main-operation",
        main -> {
          // A child of main-operation, which stays the current one.
          LangfuseSpan sideTask = langfuse.startObservation("manual-side-task");
          sideTask.input("Data for side task");

          // A child of main-operation too, not of the side task.
          langfuse.run(
              "core-step-within-main",
              core -> core.input("Data for core step").output("Core step finished"));

          sideTask.output("Side task completed").end();
          main.output("Main operation finished");
        });
    // end::side-task[]
  }

  public static void weather(Langfuse langfuse) {
    // tag::weather[]
    LangfuseSpan span = langfuse.startObservation("user-request");
    span.input(Map.of("query", "What is the capital of France?"));

    LangfuseTool tool = span.startObservation("fetch-weather", TOOL);
    tool.input(Map.of("city", "Paris"));
    tool.output(Map.of("temperature", "15°C")).end();

    LangfuseGeneration generation = span.startObservation("llm-call", GENERATION);
    generation
        .model("gpt-4")
        .input(List.of(Map.of("role", "user", "content", "What is the capital of France?")));
    generation
        .usage(u -> u.input(10).output(5))
        .output(Map.of("content", "The capital of France is Paris."))
        .end();

    span.output("Successfully answered user request.").end();
    // end::weather[]
  }

  public static void manualParent(Langfuse langfuse) {
    // tag::manual-parent[]
    LangfuseSpan parent = langfuse.startObservation("manual-parent");

    LangfuseSpan childSpan = parent.startObservation("manual-child-span");
    childSpan.end();

    LangfuseGeneration childGeneration =
        parent.startObservation("manual-child-generation", GENERATION);
    childGeneration.end();

    parent.end();
    // end::manual-parent[]
  }
}
