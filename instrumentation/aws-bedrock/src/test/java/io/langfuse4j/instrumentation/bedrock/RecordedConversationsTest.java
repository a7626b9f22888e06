package io.langfuse4j.instrumentation.bedrock;

import static io.langfuse4j.instrumentation.testing.RecordedExchange.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.instrumentation.testing.RecordedExchange;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/** Real answers of Bedrock: what is recorded is compared with what was on the wire. */
class RecordedConversationsTest extends TracedTest {

  static List<RecordedExchange> exchanges() {
    return RecordedExchange.with("bedrock");
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  @Requirement({"R4", "R5"})
  void answer_isRecordedAsItWasOnTheWire(RecordedExchange exchange) {
    if (exchange.url().endsWith("converse-stream")) {
      provider.bytes(BedrockWire.STREAM, exchange.answer());
      StringBuffer text = new StringBuffer();
      LangfuseBedrock.builder(langfuse)
          .wrap(held(BedrockChat.asyncClient(provider.url())))
          .converseStream(
              r -> r.modelId(BedrockWire.MODEL).messages(BedrockChat.question(false)),
              ConverseStreamResponseHandler.builder()
                  .subscriber(event -> text.append(ConverseStreamTest.textOf(event)))
                  .build())
          .join();
      Map<String, Object> fields = fields(theSpan());
      assertThat(fields)
          .containsEntry("output", Map.of("role", "assistant", "content", text.toString()))
          .containsKeys("usage_details", "metadata.finish_reason", "metadata.latency_ms");
      return;
    }
    provider.json(200, exchange.answerText());
    LangfuseBedrock.builder(langfuse)
        .wrap(held(BedrockChat.client(provider.url())))
        .converse(BedrockChat.request(false));

    Map<String, Object> answer = exchange.answers().get(0);
    Map<String, Object> usage = map(answer.get("usage"));
    List<?> content = (List<?>) map(map(answer.get("output")).get("message")).get("content");
    assertThat(fields(theSpan()))
        .containsEntry("metadata.finish_reason", answer.get("stopReason"))
        .containsEntry(
            "output", Map.of("role", "assistant", "content", map(content.get(0)).get("text")))
        .containsEntry(
            "usage_details",
            Map.of(
                "input", usage.get("inputTokens"),
                "output", usage.get("outputTokens"),
                "total", usage.get("totalTokens")));
  }
}
