package io.langfuse4j.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.dataset.DatasetItem;
import io.langfuse4j.evaluator.Evaluators;
import io.langfuse4j.experiment.EarlierRun;
import io.langfuse4j.experiment.ExperimentPlan;
import io.langfuse4j.junit.InnerTests.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult.Status;

/** Experiments as tests, run by JUnit. */
class ExperimentTestsTest {

  private static ExperimentPlan<String, String, String> plan(Langfuse langfuse) {
    return langfuse
        .experiment("upper")
        .data(List.of(DatasetItem.of("a", "A"), DatasetItem.of("b", "B"), DatasetItem.of("x", "?")))
        .task(
            item -> {
              if (item.input().equals("x")) {
                throw new IllegalStateException("down");
              }
              return item.input().toUpperCase(Locale.ROOT);
            })
        .evaluator(Evaluators.exactMatch());
  }

  @ExtendWith(LangfuseExtension.class)
  static class Good {
    @TestFactory
    Stream<DynamicNode> experiment(Langfuse langfuse) {
      return ExperimentTests.of(plan(langfuse)).mean("exact_match", 1).maxFailedItems(1).tests();
    }
  }

  @ExtendWith(LangfuseExtension.class)
  static class Bad {
    @TestFactory
    Stream<DynamicNode> experiment(Langfuse langfuse) {
      return ExperimentTests.of(plan(langfuse).evaluator("half", e -> 0.5))
          .mean("half", 0.8)
          .mean("nothing", 0.1)
          .tests();
    }
  }

  @ExtendWith(LangfuseExtension.class)
  static class Compared {
    static double tolerance;

    @TestFactory
    Stream<DynamicNode> experiment(Langfuse langfuse) {
      EarlierRun earlier =
          EarlierRun.of(plan(langfuse).evaluator("length", e -> 0.75).runName("earlier").run());
      return ExperimentTests.of(
              plan(langfuse).evaluator("length", e -> 0.5).evaluator("new", e -> 0))
          .notWorseThan(earlier, tolerance)
          .maxFailedItems(1)
          .tests();
    }
  }

  @Test
  void worseThanAnEarlierRun_fails_withinTheTolerance_passes() {
    Compared.tolerance = 0.2;
    List<Outcome> worse = InnerTests.run(Compared.class);
    assertThat(messages(worse, Status.FAILED))
        .containsExactly("Regression on `length`: 0.5 (threshold 0.55)");
    assertThat(worse)
        .extracting(Outcome::name)
        .contains("mean(exact_match) not below that of earlier")
        .doesNotContain("mean(new) not below that of earlier");

    Compared.tolerance = 0.25;
    assertThat(messages(InnerTests.run(Compared.class), Status.FAILED)).isEmpty();
  }

  @ExtendWith(LangfuseExtension.class)
  static class Reporting {
    static Path folder;

    @TestFactory
    Stream<DynamicNode> experiment(Langfuse langfuse) {
      ExperimentTests tests = ExperimentTests.of(plan(langfuse)).mean("exact_match", 1);
      for (String name : List.of("r.md", "r.json", "r.xml", "r.txt")) {
        tests.report(folder.resolve("reports").resolve(name));
      }
      return tests.tests();
    }
  }

  @Test
  void reports_areWritten_alsoWhereTestsFail(@TempDir Path folder) throws Exception {
    Reporting.folder = folder;

    assertThat(messages(InnerTests.run(Reporting.class), Status.FAILED)).isNotEmpty();

    Path reports = folder.resolve("reports");
    assertThat(Files.readString(reports.resolve("r.md"))).contains("| ");
    assertThat(Files.readString(reports.resolve("r.json"))).startsWith("{");
    assertThat(Files.readString(reports.resolve("r.xml"))).contains("<testsuite");
    assertThat(Files.readString(reports.resolve("r.txt"))).contains("Experiment: upper");
  }

  private static List<String> messages(List<Outcome> outcomes, Status status) {
    return outcomes.stream()
        .filter(outcome -> outcome.status() == status)
        .map(Outcome::message)
        .toList();
  }

  @Test
  void itemsAndThresholds_areTests() {
    List<Outcome> outcomes = InnerTests.run(Good.class);

    assertThat(messages(outcomes, Status.FAILED)).isEmpty();
    assertThat(messages(outcomes, Status.ABORTED)).singleElement().asString().contains("down");
    assertThat(outcomes)
        .extracting(Outcome::name)
        .contains("1 a [exact_match: true]", "failed items <= 1", "mean(exact_match) >= 1.0");
  }

  @Test
  void failures_areReportedOneByOne() {
    assertThat(messages(InnerTests.run(Bad.class), Status.FAILED))
        .hasSize(4)
        .anyMatch(text -> text.equals("down"))
        .anyMatch(text -> text.contains("1 items failed"))
        .anyMatch(text -> text.equals("Regression on `half`: 0.5 (threshold 0.8)"))
        .anyMatch(text -> text.contains("Nothing was measured as `nothing`"));
  }
}
