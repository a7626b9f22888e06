package io.langfuse4j.examples.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.experiment.ExperimentComparison;
import io.langfuse4j.experiment.ItemResult;
import org.junit.jupiter.api.Test;

/** The experiment without a server. */
class RetrieverExperimentTest {

  @Test
  void wordsFindMoreThanTitles_onTheTenQuestions() {
    Langfuse offline = Langfuse.builder().tracingEnabled(false).shutdownHook(false).build();

    RetrieverExperiment.Outcome outcome = new RetrieverExperiment(offline).run();

    assertThat(outcome.words().items()).hasSize(10).noneMatch(ItemResult::isFailed);
    assertThat(outcome.words().metrics()).containsExactly("first", "recall");
    assertThat(outcome.comparison().metrics())
        .extracting(ExperimentComparison.Metric::name)
        .containsExactly("first", "recall");
    assertThat(outcome.words().mean("recall").orElse(0))
        .isGreaterThan(outcome.titles().mean("recall").orElse(1));
  }
}
