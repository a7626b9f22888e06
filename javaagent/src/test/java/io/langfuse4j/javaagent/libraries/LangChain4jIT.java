package io.langfuse4j.javaagent.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.Outcome;
import io.langfuse4j.instrumentation.testing.Shows;
import io.langfuse4j.instrumentation.testing.SpanTree;
import org.junit.jupiter.api.Test;

/** {@link LangChain4jProgram} with the packaged agent: a service with a tool, and a refusal. */
@Integrates(
    library = "langchain4j",
    operation = "AiServices",
    way = "agent",
    without = {
      "TRANSPORT_ERROR: as by hand, the agent only makes the context of the service",
      "CUT: as by hand, the agent only makes the context of the service",
      "CANCELLED: as by hand, the agent only makes the context of the service",
      "ABANDONED: as by hand, the agent only makes the context of the service"
    })
class LangChain4jIT {

  @Test
  @Shows({Outcome.OK, Outcome.TOOL_CALL, Outcome.PROVIDER_ERROR})
  void isTracedWithNoCode() throws Exception {
    try (TracedProgram program = new TracedProgram()) {
      program
          .provider
          .json(200, ChatWire.completion(ChatWire.TOOL_CALLS, "tool_calls"))
          .json(200, ChatWire.completion(ChatWire.TEXT, "stop"))
          .json(429, ChatWire.error("Slow down.", "requests", "rate_limit_exceeded"));

      String said = program.run(LangChain4jProgram.class, TracedProgram.OURS);

      assertThat(said).contains("Hello Ada.", "RateLimitException");
      assertThat(SpanTree.of(program.sink.spans()))
          .isEqualTo(
              """
              agent Assistant.answer
                generation chat
                tool weather
                generation chat
              agent Assistant.answer ERROR
                generation chat ERROR
              """);
      assertThat(program.sink.spans())
          .filteredOn(span -> span.type().equals("tool"))
          .singleElement()
          .satisfies(span -> assertThat((String) span.observation("output")).contains("sunny"));
    }
  }
}
