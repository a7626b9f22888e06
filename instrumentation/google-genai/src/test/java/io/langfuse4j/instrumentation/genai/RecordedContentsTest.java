package io.langfuse4j.instrumentation.genai;

import static io.langfuse4j.instrumentation.testing.RecordedExchange.map;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.types.GenerateContentConfig;
import io.langfuse4j.instrumentation.testing.RecordedExchange;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real answers of Gemini: what is recorded is compared with what was on the wire. */
class RecordedContentsTest extends TracedTest {

  static List<RecordedExchange> exchanges() {
    return RecordedExchange.with("google");
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  @Requirement({"R4", "R5"})
  void answer_isRecordedAsItWasOnTheWire(RecordedExchange exchange) {
    provider.json(200, exchange.answerText());
    held(GeminiChat.client(langfuse, provider.url()))
        .models
        .generateContent("gemini", "?", GenerateContentConfig.builder().build());

    Map<String, Object> answer = exchange.answers().get(0);
    Map<String, Object> candidate = map(((List<?>) answer.get("candidates")).get(0));
    Map<String, Object> part = map(((List<?>) map(candidate.get("content")).get("parts")).get(0));
    Map<String, Object> usage = map(answer.get("usageMetadata"));
    assertThat(fields(theSpan()))
        .containsEntry("model.name", answer.get("modelVersion"))
        .containsEntry("metadata.response_id", answer.get("responseId"))
        .containsEntry("metadata.finish_reason", candidate.get("finishReason"))
        .containsEntry("output", Map.of("role", "assistant", "content", part.get("text")))
        .containsEntry(
            "usage_details",
            Map.of(
                "input", usage.get("promptTokenCount"),
                "output", usage.get("candidatesTokenCount"),
                "total", usage.get("totalTokenCount")));
  }
}
