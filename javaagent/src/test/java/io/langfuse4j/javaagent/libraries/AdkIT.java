package io.langfuse4j.javaagent.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.Outcome;
import io.langfuse4j.instrumentation.testing.Shows;
import io.langfuse4j.testing.RecordedSpan;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@link AdkProgram} with the packaged agent: an invocation with a tool, and a refusal. The client
 * of Gemini below is one that the agent knows too.
 */
@Integrates(
    library = "google-adk",
    operation = "Runner.runAsync",
    way = "agent",
    without = {
      "TRANSPORT_ERROR: as with the plugin, which the agent registers",
      "CUT: as with the plugin, which the agent registers",
      "CANCELLED: as with the plugin, which the agent registers",
      "ABANDONED: as with the plugin, which the agent registers"
    })
class AdkIT {

  private static String answer(String part) {
    return "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":["
        + part
        + "]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":30,"
        + "\"candidatesTokenCount\":15},\"modelVersion\":\"gemini-2.5-flash-002\"}";
  }

  @Test
  @Shows({Outcome.OK, Outcome.TOOL_CALL, Outcome.PROVIDER_ERROR})
  void isTracedWithNoCode() throws Exception {
    try (TracedProgram program = new TracedProgram().withOpenTelemetry()) {
      program
          .provider
          .json(
              200,
              answer("{\"functionCall\":{\"name\":\"weather\",\"args\":{\"city\":\"Paris\"}}}"))
          .json(200, answer("{\"text\":\"Clear.\"}"))
          .json(
              400,
              "{\"error\":{\"code\":400,\"message\":\"No.\",\"status\":\"INVALID_ARGUMENT\"}}");

      String said = program.run(AdkProgram.class, TracedProgram.OURS);

      assertThat(said).contains("Clear.");
      assertThat(lines(program.sink.spans(), "", ""))
          .isEqualTo(
              """
              invocation
                invoke_agent forecaster
                  call_llm
                    execute_tool weather
                  call_llm
              invocation
                invoke_agent forecaster
                  call_llm
              """);
      assertThat(program.sink.spans())
          .filteredOn(span -> span.name().equals("invocation"))
          .allSatisfy(
              span ->
                  assertThat(span.attributes())
                      .containsEntry("user.id", "ada")
                      .containsEntry("langfuse.observation.input", "Weather in Paris?"))
          .extracting(span -> span.observation("output"))
          .containsExactlyInAnyOrder("Clear.", null);
    }
  }

  private static String lines(List<RecordedSpan> spans, String parent, String indent) {
    return spans.stream()
        .filter(span -> span.parentSpanId().equals(parent))
        .sorted(Comparator.comparingLong(RecordedSpan::startNanos))
        .map(span -> indent + span.name() + "\n" + lines(spans, span.spanId(), indent + "  "))
        .collect(Collectors.joining());
  }
}
