package io.langfuse4j.examples.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Shows that the gate is one: with a worse sorter the same evaluation fails. */
class GateTest {

  /** Not found by the build, because its name does not end in Test. */
  static class Careless extends TicketEvaluationTest {
    @Override
    TicketSorter sorter() {
      return TicketSorter.careless();
    }
  }

  private static List<String> failures(Class<?> evaluation) {
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(evaluation)).execute();
    assertThat(results.testEvents().started().count()).isGreaterThan(10);
    return results.testEvents().failed().stream()
        .map(event -> event.getTestDescriptor().getDisplayName())
        .toList();
  }

  @Test
  void worseSorter_failsAtTheThreshold() {
    assertThat(failures(Careless.class)).containsExactly("mean(exact_match) >= 0.9");
  }

  @Test
  void standardSorter_passes() {
    assertThat(failures(TicketEvaluationTest.class)).isEmpty();
  }
}
