package io.langfuse4j.conformance;

import static io.langfuse4j.ObservationType.GENERATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.api.ScoreDetails;
import io.langfuse4j.conformance.examples.Evaluations;
import io.langfuse4j.conformance.examples.PromptManagement;
import io.langfuse4j.conformance.examples.ReadingBack;
import io.langfuse4j.conformance.examples.Scoring;
import io.langfuse4j.dataset.Dataset;
import io.langfuse4j.evaluator.Evaluation;
import io.langfuse4j.evaluator.EvaluatorInputs;
import io.langfuse4j.prompt.ChatMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The guides' programs about prompts, datasets and experiments, on the real server. */
class EvaluationGuidesIT {

  @RegisterExtension final SeedServer server = new SeedServer();

  @Test
  void prompts_areCreatedUsedAndLinked() {
    Langfuse langfuse = server.langfuse();
    PromptManagement.create(langfuse);

    assertThat(PromptManagement.use(langfuse, prompt -> "7 for: " + prompt))
        .isEqualTo("7 for: As a kind critic, rate Dune.");
    assertThat(PromptManagement.chat(langfuse, List.of(ChatMessage.user("Hi"))))
        .containsExactly(
            ChatMessage.system("You help customers of Harbour Lamp."),
            ChatMessage.user("Hi"),
            ChatMessage.user("Where is it?"));
    PromptManagement.warmUp(langfuse);
    PromptManagement.propagate(langfuse, () -> langfuse.run("inside", span -> {}));
    assertThat(langfuse.flush(Duration.ofSeconds(60))).isTrue();
    assertThat(server.api().observationsNamed("rate").get(0).path("promptName").asText())
        .isEqualTo("movie-critic");
  }

  @Test
  void experiments_run() throws Exception {
    Langfuse langfuse = server.langfuse();
    String name = "capitals-" + UUID.randomUUID();
    Dataset<Evaluations.Question, String> dataset = Evaluations.dataset(langfuse, name);

    var result =
        Evaluations.experiment(langfuse, dataset, q -> q.contains("France") ? "Paris" : "Cusco");
    assertThat(result.mean("exact_match")).hasValue(0.5);
    assertThat(result.runValue("failures")).hasValue(0);
    assertThat(langfuse.datasets().run(name, result.runName()).datasetRunItems()).hasSize(2);

    assertThat(Evaluations.local(langfuse, input -> "Lima").mean("levenshtein")).isPresent();
    assertThat(
            Evaluations.judge(langfuse, prompt -> "{\"score\": 4}")
                .evaluate(EvaluatorInputs.of("in", "out", null))
                .toCompletableFuture()
                .get())
        .containsExactly(Evaluation.of("helpful", 4));
    assertThat(Evaluations.batch(langfuse).itemsFailed()).isZero();
  }

  @Test
  void filesOfItems_comeBack() throws Exception {
    Langfuse langfuse = server.langfuse();
    String name = "scenes-" + UUID.randomUUID();
    langfuse.datasets().create(name, d -> {});
    byte[] png = {1, 2, 3, 4};

    assertThat(Evaluations.media(langfuse, name, png)).isEqualTo(png);
  }

  @Test
  void scores_areGivenAndReadBack() {
    Langfuse langfuse = server.langfuse();
    String trace =
        langfuse.observe(
            "outer",
            outer -> {
              Scoring.inside(langfuse, question -> "Here, please.");
              return outer.traceId();
            });
    Scoring.later(langfuse, trace, "ada");
    Scoring.later(langfuse, trace, "ada");
    Scoring.others(langfuse, "s-" + trace, "r-" + trace);
    Scoring.config(langfuse, trace);
    assertThat(langfuse.flush(Duration.ofSeconds(60))).isTrue();

    assertThat(Scoring.read(langfuse, trace)).hasSize(1);
    assertThat(langfuse.api().traces().get(trace).scores())
        .extracting(ScoreDetails::name)
        .containsExactlyInAnyOrder("length", "polite", "tone", "thumbs", "stars");
  }

  @Test
  void api_readsAndWrites() {
    Langfuse langfuse = server.langfuse();
    String trace =
        langfuse.observe("asked", GENERATION, g -> g.model("our-model").output("x").traceId());
    assertThat(langfuse.flush(Duration.ofSeconds(60))).isTrue();

    assertThat(ReadingBack.isThere(langfuse, trace)).isTrue();
    assertThat(ReadingBack.isThere(langfuse, Langfuse.createTraceId("nowhere"))).isFalse();
    assertThat(ReadingBack.models(langfuse, trace)).containsExactly("our-model");
    assertThat(ReadingBack.slow(langfuse, "nobody", Instant.now().minusSeconds(60))).isEmpty();
    assertThat(ReadingBack.anything(langfuse)).isEqualTo(new ReadingBack.Price("our-model", 1e-6));
  }
}
