package io.langfuse4j.examples.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.langfuse4j.Langfuse;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole demo, once, as it arrives at Langfuse. */
class DemoTest {
  private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();
  private static final String LOOKED_UP =
      """
      AGENT answer-question
        RETRIEVER retrieve
        GENERATION answer
      """;
  private static final String ORDER_STATUS =
      """
      AGENT answer-question
        RETRIEVER retrieve
        GENERATION answer
        TOOL order-status
        GENERATION answer
      """;
  private static final String REFUND_QUOTE = ORDER_STATUS.replace("order-status", "refund-quote");
  private static final String PARALLEL =
      """
      AGENT answer-question
        RETRIEVER retrieve
        RETRIEVER retrieve
        RETRIEVER retrieve
        GENERATION answer
      """;
  private static final String COURIER_DOWN =
      """
      AGENT answer-question
        RETRIEVER retrieve
        GENERATION answer
        TOOL order-status ERROR
        TOOL order-status WARNING
        GENERATION answer
      """;
  private static final String PROVIDER_BUSY =
      """
      AGENT answer-question
        RETRIEVER retrieve
        GENERATION answer ERROR
        GENERATION answer ERROR
        GENERATION answer
      """;
  private static final List<String> TREES =
      List.of(
          ORDER_STATUS,
          LOOKED_UP,
          LOOKED_UP,
          REFUND_QUOTE,
          PARALLEL,
          LOOKED_UP,
          COURIER_DOWN,
          PROVIDER_BUSY,
          LOOKED_UP,
          LOOKED_UP);

  private static RecordingLangfuse recorded;
  private static List<Answer> answers;
  private static boolean delivered;

  @BeforeAll
  static void run() {
    recorded = new RecordingLangfuse();
    try (Langfuse langfuse =
            Langfuse.builder()
                .baseUrl(recorded.baseUrl().toString())
                .publicKey("pk")
                .secretKey("sk")
                .build();
        Demo demo = Demo.offline(langfuse)) {
      Transcript transcript =
          new Transcript(new PrintStream(PRINTED, true, StandardCharsets.UTF_8));
      demo.warmUp();
      answers = demo.run(Conversations.of("test"), transcript);
      transcript.summary(answers);
      delivered = langfuse.flush(Duration.ofSeconds(20));
    }
  }

  @AfterAll
  static void stop() {
    recorded.close();
  }

  @Test
  void run_answersAndDeliversEverything() {
    assertThat(delivered).isTrue();
    assertThat(answers)
        .extracting(Answer::text)
        .containsExactly(
            "Order HL-10427, item oak floor lamp, status in transit, expected 2026-11-24.",
            "You can change the delivery address of an order until the parcel leaves our warehouse,"
                + " even after you have paid.",
            "The camping lantern shines for 40 hours at half brightness and for 12 hours at full"
                + " brightness.",
            "Order HL-10391, quantity 2, refund €118.00.",
            "We pay the return postage for all items bought at full price. You may return any"
                + " unused item within 30 days of receiving it. The original packaging is not"
                + " required for a return.",
            "I could not find that in our policies. A colleague will write to you.",
            "Order HL-10466, item camping lantern, status in transit, expected 2026-11-23.",
            "A lamp that flickers, hums or fails to switch on is covered by the guarantee, also"
                + " when it is used with a dimmer that we list as compatible. Every lamp has a"
                + " guarantee of five years that covers faults in material and wiring.",
            "A dispute that cannot be solved between us is settled by the Danish Consumer"
                + " Complaints Board if the buyer is a consumer, and by the court of Svendborg"
                + " otherwise.",
            "I could not find that in our policies. A colleague will write to you.");
  }

  @Test
  void run_retrievalMissesThreeParaphrases() {
    assertThat(answers)
        .filteredOn(answer -> !answer.foundExpectedPolicyFirst())
        .extracting(answer -> answers.indexOf(answer) + 1)
        .containsExactly(3, 6, 10);
  }

  @ParameterizedTest
  @MethodSource("questionNumbers")
  void trace_ofEachQuestion_hasItsTree(int number) {
    assertThat(RecordedSpan.tree(spans(number))).isEqualTo(TREES.get(number - 1));
  }

  @Test
  void traces_holdAllSpansThatWereExported() {
    long lines = TREES.stream().flatMap(String::lines).count();

    assertThat(recorded.spanCount()).isEqualTo(lines);
    assertThat(answers).extracting(Answer::traceId).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("questionNumbers")
  void spans_ofEachQuestion_belongToUserAndSession(int number) {
    Question question = answers.get(number - 1).question();

    assertThat(spans(number))
        .allSatisfy(
            span -> {
              assertThat(span.text("user.id")).isEqualTo(question.customer());
              assertThat(span.text("session.id")).isEqualTo(question.session());
              assertThat(span.texts("langfuse.trace.tags"))
                  .containsExactly("helpdesk", question.channel());
            });
  }

  @ParameterizedTest
  @MethodSource("questionNumbers")
  void root_ofEachQuestion_hasQuestionAndAnswer(int number) {
    Answer answer = answers.get(number - 1);

    assertThat(named(number, "answer-question"))
        .singleElement()
        .satisfies(
            root -> {
              assertThat(root.text("langfuse.observation.input"))
                  .isEqualTo(answer.question().text());
              assertThat(root.text("langfuse.observation.output")).isEqualTo(answer.text());
            });
  }

  @Test
  void generation_thatCallsTool_hasMessagesToolsParametersAndUsage() {
    RecordedSpan generation = named(1, "answer").get(0);

    assertThat(generation.text("langfuse.observation.model.name")).isEqualTo("extractive-1");
    assertThat(generation.text("langfuse.observation.model.parameters"))
        .contains("\"temperature\":0.0", "\"max_tokens\":300");
    assertThat(generation.text("langfuse.observation.input"))
        .contains("\"messages\":[{\"role\":\"system\",\"content\":\"You are the help desk")
        .contains("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"order-status\"");
    assertThat(generation.text("langfuse.observation.output"))
        .isEqualTo(
            "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"call_1_order-status\",\"type\":"
                + "\"function\",\"function\":{\"name\":\"order-status\",\"arguments\":"
                + "\"{\\\"order\\\":\\\"HL-10427\\\"}\"}}]}");
    assertThat(generation.text("langfuse.observation.usage_details"))
        .matches("\\{\"input\":\\d{3},\"output\":10}");
  }

  @Test
  void completionStartTime_onlyWhereStreamed() {
    assertThat(spansWith("langfuse.observation.completion_start_time"))
        .isEqualTo(List.of("2 answer"));
  }

  @Test
  void contextNotice_onlyWhereTooLong() {
    assertThat(spansWith("langfuse.observation.metadata.context_notice"))
        .isEqualTo(List.of("9 answer-question"));
    assertThat(
            named(9, "answer-question").get(0).text("langfuse.observation.metadata.context_notice"))
        .isEqualTo("Too long, cut short: [Closing an account, Price guarantee]");
  }

  @Test
  void failures_keepTheirReason() {
    assertThat(named(7, "order-status"))
        .extracting(span -> span.text("langfuse.observation.status_message"))
        .satisfiesExactly(
            first -> assertThat(first).contains("tracking service closed the connection"),
            second -> assertThat(second).startsWith("Second attempt, the first failed: "));
    assertThat(named(8, "answer").get(0).text("langfuse.observation.status_message"))
        .contains("HTTP 429: Rate limit reached");
  }

  @Test
  void retriever_hasQueryAndScoredPassages() {
    RecordedSpan retrieve = named(2, "retrieve").get(0);

    assertThat(retrieve.text("langfuse.observation.input"))
        .isEqualTo("Can I still change the delivery address after I have paid?");
    assertThat(retrieve.text("langfuse.observation.output"))
        .startsWith("[{\"title\":\"Changing the delivery address\",\"text\":\"You can change")
        .contains("\"score\":6.5");
  }

  @Test
  void scores_ofEachTrace_sayWhatRetrievalFoundAndWhatIsGrounded() {
    assertThat(recorded.scores("retrieval@1"))
        .extracting(score -> score.path("traceId").asText(), score -> score.path("value").asInt())
        .containsExactlyElementsOf(
            answers.stream()
                .map(a -> tuple(a.traceId(), a.foundExpectedPolicyFirst() ? 1 : 0))
                .toList());
    assertThat(recorded.scores("grounded"))
        .hasSize(10)
        .allSatisfy(
            score -> assertThat(score.path("observationId").asText()).matches("[0-9a-f]{16}"));
    assertThat(answers)
        .filteredOn(answer -> !answer.helps())
        .extracting(answer -> answers.indexOf(answer) + 1)
        .containsExactly(6, 10);
  }

  @Test
  void scores_ofEachSession_areTheCustomersThumb() {
    assertThat(recorded.scores("thumbs"))
        .extracting(
            score -> score.path("sessionId").asText(),
            score -> score.path("value").asInt(),
            score -> score.path("dataType").asText())
        .containsExactly(
            tuple("ada-waits-test", 1, "BOOLEAN"),
            tuple("ada-returns-test", 0, "BOOLEAN"),
            tuple("ben-writes-test", 0, "BOOLEAN"));
  }

  @Test
  void transcript_showsQuestionsAnswersAndTraces() {
    String printed = PRINTED.toString(StandardCharsets.UTF_8);

    for (Answer answer : answers) {
      assertThat(printed)
          .contains(answer.question().text(), answer.text())
          .contains(recorded.baseUrl() + "/project/p-1/traces/" + answer.traceId());
    }
    assertThat(printed)
        .contains("10 of 10 questions answered.", "the right policy first for 7 of them");
  }

  static IntStream questionNumbers() {
    return IntStream.rangeClosed(1, 10);
  }

  private static List<RecordedSpan> spans(int number) {
    return recorded.spansOf(answers.get(number - 1).traceId());
  }

  /** In the order in which they started. */
  private static List<RecordedSpan> named(int number, String name) {
    return spans(number).stream()
        .filter(span -> span.span().getName().equals(name))
        .sorted(
            (a, b) ->
                Long.compare(a.span().getStartTimeUnixNano(), b.span().getStartTimeUnixNano()))
        .toList();
  }

  private static List<String> spansWith(String attribute) {
    List<String> found = new ArrayList<>();
    for (int number = 1; number <= answers.size(); number++) {
      for (RecordedSpan span : spans(number)) {
        if (span.has(attribute)) {
          found.add(number + " " + span.span().getName());
        }
      }
    }
    return found;
  }
}
