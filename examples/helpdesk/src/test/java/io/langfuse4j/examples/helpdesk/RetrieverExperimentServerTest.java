package io.langfuse4j.examples.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.langfuse4j.Langfuse;
import io.langfuse4j.api.ApiObject;
import io.langfuse4j.api.DatasetRun;
import io.langfuse4j.api.DatasetRunItem;
import io.langfuse4j.dataset.DatasetItem;
import io.langfuse4j.experiment.ExperimentResult;
import io.langfuse4j.junit.LangfuseServerExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The experiment with a server: what can be read there afterwards. */
class RetrieverExperimentServerTest {

  @RegisterExtension static final LangfuseServerExtension server = new LangfuseServerExtension();

  @Test
  void bothTries_areRunsOfTheDataset_withTheirScores() {
    Langfuse langfuse = server.client();

    RetrieverExperiment.Outcome outcome = new RetrieverExperiment(langfuse).run();

    assertThat(langfuse.datasets().get(RetrieverExperiment.DATASET).items()).hasSize(10);
    assertThat(langfuse.datasets().runs(RetrieverExperiment.DATASET))
        .extracting(DatasetRun::name)
        .containsExactlyInAnyOrder(outcome.titles().runName(), outcome.words().runName());
    assertReadable(langfuse, outcome.titles());
    assertReadable(langfuse, outcome.words());
  }

  private static void assertReadable(Langfuse langfuse, ExperimentResult<?, ?, ?> result) {
    DatasetRun run = langfuse.datasets().run(RetrieverExperiment.DATASET, result.runName());
    assertThat(run.id()).isEqualTo(result.datasetRunId());
    assertThat(run.datasetRunItems())
        .extracting(DatasetRunItem::datasetItemId)
        .containsExactlyInAnyOrderElementsOf(
            langfuse.datasets().get(RetrieverExperiment.DATASET).items().stream()
                .map(DatasetItem::id)
                .toList());
    List<String> traces =
        run.datasetRunItems().stream().map(DatasetRunItem::traceId).distinct().toList();
    assertThat(traces).hasSize(10);
    for (String metric : List.of("first", "recall")) {
      assertThat(traces.stream().mapToDouble(t -> score(langfuse, t, metric)).average())
          .as("%s of %s", metric, result.runName())
          .hasValueCloseTo(result.mean(metric).orElseThrow(), within(1e-9));
    }
  }

  private static double score(Langfuse langfuse, String trace, String metric) {
    List<ApiObject> scores =
        langfuse.api().traces().get(trace).objects("scores").stream()
            .filter(score -> metric.equals(score.text("name")))
            .toList();
    assertThat(scores).as("%s of trace %s", metric, trace).hasSize(1);
    return scores.get(0).number("value");
  }
}
