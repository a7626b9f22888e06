package io.langfuse4j.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.Outcome;
import io.langfuse4j.instrumentation.testing.Shows;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.opentelemetry.api.trace.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents that work together. */
@Integrates(
    library = "langchain4j",
    operation = "agents",
    way = "listener",
    without = {
      "TOOL_CALL: those of its services",
      "PROVIDER_ERROR: that of its model call, all errors alike",
      "CUT: not streamed",
      "CANCELLED: a blocking call cannot be",
      "ABANDONED: the caller waits for the answer"
    })
class AgentTracingTest extends TracedTest {

  /** An agent. */
  public interface Author {
    @Agent("Writes")
    @UserMessage("Write about {{topic}}")
    String write(@V("topic") String topic);
  }

  /** An agent. */
  public interface Editor {
    @Agent("Edits")
    @UserMessage("Edit {{draft}}")
    String edit(@V("draft") String draft);
  }

  private final ExecutorService executor = Executors.newFixedThreadPool(2);

  @BeforeEach
  void becomeDefault() {
    Langfuse.setDefault(langfuse);
    provider.json(200, ChatWire.completion(ChatWire.TEXT, "stop"));
  }

  @AfterEach
  void stop() {
    executor.shutdownNow();
    Langfuse.setDefault(null);
  }

  private Author author() {
    return AgenticServices.agentBuilder(Author.class)
        .chatModel(OpenAiModels.chat(provider.url()))
        .outputKey("draft")
        .build();
  }

  private Editor editor(String url) {
    return AgenticServices.agentBuilder(Editor.class)
        .chatModel(OpenAiModels.chat(url))
        .outputKey("text")
        .build();
  }

  private RecordedSpan named(String name) {
    return sent().stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  @Shows(Outcome.OK)
  void agentsInSequence_areInsideTheOneThatLeadsThem() {
    UntypedAgent writers =
        AgenticServices.sequenceBuilder()
            .name("writers")
            .subAgents(author(), editor(provider.url()))
            .outputKey("text")
            .listener(AgentTracing.listener())
            .build();

    assertThat(writers.invoke(Map.of("topic", "lamps"))).isEqualTo("Hello Ada.");

    assertThat(sent()).hasSize(7);
    RecordedSpan root = named("writers");
    assertThat(fields(root))
        .isEqualTo(
            Map.of("type", "agent", "input", Map.of("topic", "lamps"), "output", "Hello Ada."));
    assertThat(named("write").parentSpanId()).isEqualTo(root.spanId());
    assertThat(named("edit").parentSpanId()).isEqualTo(root.spanId());
    assertThat(named("Author.write").parentSpanId()).isEqualTo(named("write").spanId());
    assertThat(named("Editor.edit").parentSpanId()).isEqualTo(named("edit").spanId());
    assertThat(Span.current()).isSameAs(Span.getInvalid());
  }

  @Test
  void agentsInParallel_areInsideToo() {
    UntypedAgent writers =
        AgenticServices.parallelBuilder()
            .name("writers")
            .subAgents(author(), editor(provider.url()))
            .executor(executor)
            .listener(AgentTracing.listener())
            .build();

    langfuse.run("pipeline", o -> writers.invoke(Map.of("topic", "lamps", "draft", "a draft")));

    assertThat(named("writers").parentSpanId()).isEqualTo(named("pipeline").spanId());
    assertThat(named("write").parentSpanId()).isEqualTo(named("writers").spanId());
    assertThat(named("edit").parentSpanId()).isEqualTo(named("writers").spanId());
  }

  @Test
  @Shows(Outcome.TRANSPORT_ERROR)
  void agentThatFails_failsAndSoDoesTheOneAbove() {
    invokeFailing();

    assertThat(named("edit").observation("level")).isEqualTo("ERROR");
    assertThat(Span.current()).isSameAs(Span.getInvalid());
    await()
        .until(
            () -> {
              System.gc();
              return sent().stream().anyMatch(span -> span.name().equals("writers"));
            });
    assertThat(named("writers").observation("level")).isEqualTo("ERROR");
    assertThat(named("edit").parentSpanId()).isEqualTo(named("writers").spanId());
  }

  private void invokeFailing() {
    UntypedAgent writers =
        AgenticServices.sequenceBuilder()
            .name("writers")
            .subAgents(editor("http://127.0.0.1:1"))
            .listener(AgentTracing.listener())
            .build();
    assertThat(catchThrowable(() -> writers.invoke(new HashMap<>(Map.of("draft", "a draft")))))
        .isNotNull();
  }
}
