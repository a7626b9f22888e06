package io.langfuse4j.javaagent.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.Outcome;
import io.langfuse4j.instrumentation.testing.Shows;
import io.langfuse4j.instrumentation.testing.SpanTree;
import io.langfuse4j.testing.RecordedSpan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link SpringAiProgram} with the packaged agent: a call with a tool, a stream, a refusal. */
@Integrates(
    library = "spring-ai",
    operation = "ChatClient, called and streamed",
    way = "agent",
    without = {
      "TRANSPORT_ERROR: as with the handler, which the agent registers",
      "CUT: as with the handler, which the agent registers",
      "CANCELLED: as with the handler, which the agent registers",
      "ABANDONED: as with the handler, which the agent registers"
    })
class SpringAiIT {

  @Test
  @Shows({Outcome.OK, Outcome.TOOL_CALL, Outcome.PROVIDER_ERROR})
  void isTracedWithNoCode() throws Exception {
    try (TracedProgram program = new TracedProgram()) {
      program
          .provider
          .json(200, ChatWire.completion(ChatWire.TOOL_CALLS, "tool_calls"))
          .json(200, ChatWire.completion(ChatWire.TEXT, "stop"))
          .events(ChatWire.textEvents())
          .json(429, ChatWire.error("Slow down.", "requests", "rate_limit_exceeded"));

      String said = program.run(SpringAiProgram.class, TracedProgram.OURS);

      assertThat(said).contains("Hello Ada.", "NonTransientAiException");
      assertThat(SpanTree.of(program.sink.spans()))
          .isEqualTo(
              """
              agent chat-client
                generation chat
                tool weather
                generation chat
              chain chat-client
                generation chat
              chain chat-client ERROR
                generation chat ERROR
              """);
      List<RecordedSpan> generations =
          program.sink.spans().stream().filter(span -> span.type().equals("generation")).toList();
      assertThat(generations)
          .allSatisfy(span -> assertThat((String) span.observation("input")).contains("Hello?"))
          .filteredOn(span -> span.observation("completion_start_time") != null)
          .singleElement()
          .satisfies(
              span -> assertThat((String) span.observation("output")).contains("Hello Ada."));
    }
  }
}
