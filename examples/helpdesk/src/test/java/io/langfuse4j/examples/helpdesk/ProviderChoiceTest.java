package io.langfuse4j.examples.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.langfuse4j.Langfuse;
import io.langfuse4j.examples.helpdesk.chat.ProviderException;
import io.langfuse4j.examples.helpdesk.extractive.ExtractiveProvider;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demo with a provider of somebody else, and without any Langfuse. */
class ProviderChoiceTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Transcript transcript =
      new Transcript(new PrintStream(printed, true, StandardCharsets.UTF_8));

  @Test
  void online_otherProvider_answersTheSame() {
    try (Langfuse off = Langfuse.builder().tracingEnabled(false).build();
        ExtractiveProvider elsewhere = ExtractiveProvider.start();
        Demo demo = Demo.online(off, elsewhere.baseUrl(), "sk-any", "extractive-1")) {
      List<Answer> answers = demo.run(Conversations.of("test"), transcript);

      assertThat(answers).hasSize(10);
      assertThat(answers.get(3).text()).isEqualTo("Order HL-10391, quantity 2, refund €118.00.");
    }
  }

  @Test
  void run_tracingOff_saysSoAndIsNotSuccess() {
    try (Langfuse off = Langfuse.builder().tracingEnabled(false).build();
        Demo demo = Demo.offline(off)) {
      assertThat(new DemoRun(off, demo, null, transcript).run()).isFalse();
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("10 of 10 questions answered.", "Nothing was traced")
        .doesNotContain("trace: ");
  }

  @Test
  void warmUp_providerGone_fails() {
    try (Langfuse off = Langfuse.builder().tracingEnabled(false).build();
        Demo demo = Demo.online(off, URI.create("http://127.0.0.1:1/v1"), null, "any")) {
      assertThatExceptionOfType(ProviderException.class)
          .isThrownBy(demo::warmUp)
          .withMessage("No answer from http://127.0.0.1:1/v1/chat/completions (see --base-url)");
    }
  }

  @Test
  void run_oneQuestionFails_isAnErrorInItsTraceAndTheNextIsAnswered() {
    try (RecordingLangfuse recorded = new RecordingLangfuse();
        ExtractiveProvider elsewhere = ExtractiveProvider.start();
        Langfuse langfuse =
            Langfuse.builder()
                .baseUrl(recorded.baseUrl().toString())
                .publicKey("pk")
                .secretKey("sk")
                .build();
        Demo demo = Demo.online(langfuse, elsewhere.baseUrl(), null, "extractive-1")) {
      elsewhere.rejectNext(4); // as often as the help desk tries

      List<Answer> answers = demo.run(Conversations.of("test").subList(0, 2), transcript);
      langfuse.flush(Duration.ofSeconds(20));

      assertThat(answers)
          .extracting(Answer::question)
          .containsExactly(Conversations.of("test").get(1));
      assertThat(RecordedSpan.tree(recorded.spansOutside(answers.get(0).traceId())))
          .isEqualTo(
              """
              AGENT answer-question ERROR
                RETRIEVER retrieve
                GENERATION answer ERROR
                GENERATION answer ERROR
                GENERATION answer ERROR
                GENERATION answer ERROR
              """);
      assertThat(printed.toString(StandardCharsets.UTF_8)).contains("failed: ", "HTTP 429");
    }
  }
}
