package io.langfuse4j.javaagent.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.Outcome;
import io.langfuse4j.instrumentation.testing.Shows;
import io.langfuse4j.testing.RecordedSpan;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@link GeminiProgram} with the packaged agent: a call that is answered, and one that is refused.
 */
@Integrates(
    library = "google-genai",
    operation = "generateContent",
    way = "agent",
    without = {
      "TOOL_CALL: as by hand, the agent only wraps the client",
      "TRANSPORT_ERROR: as by hand, the agent only wraps the client",
      "CUT: as by hand, the agent only wraps the client",
      "CANCELLED: as by hand, the agent only wraps the client",
      "ABANDONED: as by hand, the agent only wraps the client"
    })
class GoogleGenAIIT {

  private static final String ANSWER =
      """
      {"candidates":[{"content":{"role":"model","parts":[{"text":"Hello Ada."}]},"finishReason":"STOP"}],
       "usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":20,"totalTokenCount":30}}
      """;

  private static final String REFUSAL =
      """
      {"error":{"code":429,"message":"Slow down.","status":"RESOURCE_EXHAUSTED"}}
      """;

  @Test
  @Shows({Outcome.OK, Outcome.PROVIDER_ERROR})
  void isTracedWithNoCode() throws Exception {
    try (TracedProgram program = new TracedProgram()) {
      program.provider.json(200, ANSWER).json(429, REFUSAL);

      String said = program.run(GeminiProgram.class, TracedProgram.OURS);

      assertThat(said).contains("Hello Ada.", "ClientException");
      List<RecordedSpan> spans =
          program.sink.spans().stream()
              .sorted(Comparator.comparingLong(RecordedSpan::startNanos))
              .toList();
      assertThat(spans)
          .hasSize(2)
          .allSatisfy(
              span -> {
                assertThat(span.name()).isEqualTo("GoogleGenAI-generation");
                assertThat(span.type()).isEqualTo("generation");
                assertThat((String) span.observation("model.name")).startsWith("gemini");
                assertThat((String) span.observation("input")).contains("Hello?");
              });
      assertThat((String) spans.get(0).observation("output")).contains("Hello Ada.");
      assertThat((String) spans.get(0).observation("usage_details"))
          .contains("\"input\":10", "\"output\":20");
      assertThat(spans.get(1).observation("level")).isEqualTo("ERROR");
      assertThat((String) spans.get(1).observation("status_message")).contains("Slow down.");
    }
  }
}
