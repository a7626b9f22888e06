package io.langfuse4j;

import static io.langfuse4j.ObservationType.GENERATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The worked examples about nesting. */
class NestingTest extends ClientTest {

  /** Names of observations and of their parents. */
  private TreeMap<String, String> tree() {
    flush();
    TreeMap<String, String> tree = new TreeMap<>();
    for (RecordedSpan span : sink.spans()) {
      String parent =
          sink.spans().stream()
              .filter(candidate -> candidate.spanId().equals(span.parentSpanId()))
              .map(RecordedSpan::name)
              .findFirst()
              .orElse("");
      assertThat(tree.put(span.name(), parent)).isNull();
    }
    return tree;
  }

  @Test
  @Requirement({"R65", "R66", "R67", "R156"})
  void example_manualSideTask_isASiblingOfTheCoreStep() {
    try (LangfuseSpan main = langfuse.startActiveObservation("main-operation")) {
      LangfuseSpan side = langfuse.startObservation("manual-side-task");
      side.input("Data for side task");
      try (LangfuseSpan core = langfuse.startActiveObservation("core-step-within-main")) {
        core.input("Data for core step");
        core.output("Core step finished");
      }
      side.output("Side task completed").end();
      main.output("Main operation finished");
    }

    assertThat(tree())
        .containsOnly(
            java.util.Map.entry("main-operation", ""),
            java.util.Map.entry("manual-side-task", "main-operation"),
            java.util.Map.entry("core-step-within-main", "main-operation"));
    RecordedSpan side = sink.span("manual-side-task");
    RecordedSpan core = sink.span("core-step-within-main");
    assertThat(side.attributes())
        .isEqualTo(child("span", "input", "Data for side task", "output", "Side task completed"));
    assertThat(core.attributes())
        .isEqualTo(child("span", "input", "Data for core step", "output", "Core step finished"));
    assertThat(sink.span("main-operation").attributes())
        .isEqualTo(root("span", "output", "Main operation finished"));
    assertThat(side.startNanos()).isLessThanOrEqualTo(core.startNanos());
    assertThat(side.endNanos()).isGreaterThanOrEqualTo(core.endNanos());
  }

  @Test
  @Requirement({"R71", "R73", "R74", "R75", "R156"})
  void example_outerProcess_hasItsExactTree() {
    try (LangfuseSpan outer = langfuse.startActiveObservation("outer-process")) {
      try (LangfuseGeneration first = langfuse.startActiveObservation("llm-step-1", GENERATION)) {
        first.output("LLM 1 output");
      }
      try (LangfuseSpan middle = outer.startActiveObservation("intermediate-step")) {
        try (LangfuseGeneration second = middle.startActiveObservation("llm-step-2", GENERATION)) {
          second.output("LLM 2 output");
        }
        middle.output("Intermediate processing done");
      }
      langfuse.updateCurrentSpan(span -> span.output("Outer process finished"));
    }

    assertThat(tree())
        .containsOnly(
            java.util.Map.entry("outer-process", ""),
            java.util.Map.entry("llm-step-1", "outer-process"),
            java.util.Map.entry("intermediate-step", "outer-process"),
            java.util.Map.entry("llm-step-2", "intermediate-step"));
    assertThat(sink.span("outer-process").attributes())
        .isEqualTo(root("span", "output", "Outer process finished"));
    assertThat(sink.span("llm-step-2").attributes())
        .isEqualTo(child("generation", "output", "LLM 2 output"));
  }

  @Test
  @Requirement({"R58", "R62", "R156"})
  void example_manualParent_hasTwoChildren() {
    LangfuseSpan parent = langfuse.startObservation("manual-parent");
    LangfuseSpan childSpan = parent.startObservation("manual-child-span");
    childSpan.end();
    LangfuseGeneration childGeneration =
        parent.startObservation("manual-child-generation", GENERATION);
    childGeneration.end();
    parent.end();

    assertThat(tree())
        .containsOnly(
            java.util.Map.entry("manual-parent", ""),
            java.util.Map.entry("manual-child-span", "manual-parent"),
            java.util.Map.entry("manual-child-generation", "manual-parent"));
  }

  @Test
  @Requirement({"R12", "R72"})
  void nesting_endedInReverse_isTheSameTree() {
    LangfuseSpan a = langfuse.startObservation("a");
    LangfuseSpan b = a.startObservation("b");
    LangfuseSpan c = b.startObservation("c");
    a.end();
    b.end();
    c.end();

    assertThat(tree())
        .containsOnly(
            java.util.Map.entry("a", ""),
            java.util.Map.entry("b", "a"),
            java.util.Map.entry("c", "b"));
  }

  @Test
  @Requirement("R8")
  void nesting_allFormsMixed_isOneTree() {
    langfuse.run(
        "callback",
        callback -> {
          try (LangfuseSpan scope = langfuse.startActiveObservation("scope")) {
            LangfuseSpan plain = langfuse.startObservation("plain");
            plain.observeAsync(
                "async",
                GENERATION,
                generation -> {
                  langfuse.createEvent("event");
                  return java.util.concurrent.CompletableFuture.completedFuture("x");
                });
            plain.end();
          }
        });

    assertThat(tree())
        .containsOnly(
            java.util.Map.entry("callback", ""),
            java.util.Map.entry("scope", "callback"),
            java.util.Map.entry("plain", "scope"),
            java.util.Map.entry("async", "plain"),
            java.util.Map.entry("event", "async"));
  }
}
