package io.langfuse4j;

import static io.langfuse4j.ObservationType.GENERATION;
import static io.langfuse4j.ObservationType.RETRIEVER;
import static io.langfuse4j.ObservationType.TOOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.internal.config.Settings;
import io.langfuse4j.testing.RecordedSpan.Event;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types of observations whose inputs or outputs stay in the application. */
class CapturePolicyTest extends ClientTest {

  /** A value that tells whether it was read. */
  static final class Counting {
    int reads;

    public String getText() {
      reads++;
      return "text";
    }
  }

  @Test
  void dropped_byType_isNotEvenSerialised() {
    Langfuse client = client(s -> s.dropInputs(TOOL, RETRIEVER).dropOutputs(GENERATION));
    Counting dropped = new Counting();
    client.startObservation("tool", TOOL).input(dropped).output("out").end();
    client.startObservation("generation", GENERATION).input("in").output(dropped).end();
    client.startObservation("retriever", RETRIEVER).setTraceIO("in", "out").end();
    client.startObservation("span").input("in").output("out").metadata("k", "v").end();
    assertThat(client.flush()).isTrue();

    assertThat(dropped.reads).isZero();
    assertThat(sink.span("tool").attributes()).isEqualTo(root("tool", "output", "out"));
    assertThat(sink.span("generation").attributes()).isEqualTo(root("generation", "input", "in"));
    assertThat(sink.span("retriever").attributes())
        .isEqualTo(root("retriever", "langfuse.trace.output", "out"));
    assertThat(sink.span("span").attributes())
        .isEqualTo(root("span", "input", "in", "output", "out", "metadata.k", "v"));
  }

  @Test
  void variables_saySo() {
    Langfuse client =
        client(
            s ->
                s.surroundings(
                    Map.of("LANGFUSE_DROP_INPUTS", "Tool, agent", "LANGFUSE_DROP_OUTPUTS", "all"),
                    NO_LOCAL_SERVER));
    client.startObservation("tool", TOOL).input("in").output("out").end();
    client.startObservation("span").input("in").output("out").end();
    assertThat(client.flush()).isTrue();

    assertThat(sink.span("tool").attributes()).isEqualTo(root("tool"));
    assertThat(sink.span("span").attributes()).isEqualTo(root("span", "input", "in"));
  }

  @Test
  void all_meansEveryType() {
    assertThat(ObservationType.values().stream().map(ObservationType::wireName))
        .containsExactlyInAnyOrderElementsOf(Settings.ALL_TYPES);
  }

  /** Ends a span of another library that has both a question and an answer. */
  private static void foreign(Langfuse client, String kindKey, String kind, Attributes content) {
    Span span = client.tracerProvider().get("litellm").spanBuilder("foreign").startSpan();
    if (kindKey != null) {
      span.setAttribute(kindKey, kind);
    }
    span.setAllAttributes(content);
    span.end();
  }

  @ParameterizedTest
  @CsvSource({
    "gen_ai.operation.name,chat,generation",
    "gen_ai.operation.name,text_completion,generation",
    "gen_ai.operation.name,generate_content,generation",
    "gen_ai.operation.name,execute_tool,tool",
    "gen_ai.operation.name,invoke_agent,agent",
    "gen_ai.operation.name,embeddings,embedding",
    "openinference.span.kind,LLM,generation",
    "openinference.span.kind,RETRIEVER,retriever",
    "openinference.span.kind,TOOL,tool",
    "openinference.span.kind,GUARDRAIL,guardrail",
    "traceloop.span.kind,workflow,chain",
    "gen_ai.request.model,gpt-4o,generation",
    "langfuse.observation.type,evaluator,evaluator",
    ",,span",
  })
  void foreignSpan_isTreatedAsTheTypeItBecomes(String key, String value, String type) {
    Langfuse client =
        client(s -> s.surroundings(Map.of("LANGFUSE_DROP_INPUTS", type), NO_LOCAL_SERVER));
    foreign(
        client,
        key,
        value,
        Attributes.builder().put("input.value", "question").put("output.value", "answer").build());
    assertThat(client.flush()).isTrue();

    assertThat(sink.span("foreign").attributes())
        .doesNotContainKey("input.value")
        .containsEntry("output.value", "answer");
  }

  @ParameterizedTest
  @CsvSource({
    "gen_ai.input.messages,gen_ai.output.messages",
    "gen_ai.prompt.0.content,gen_ai.completion.0.content",
    "gen_ai.tool.call.arguments,gen_ai.tool.call.result",
    "input.value,output.value",
    "llm.input_messages.0.message.content,llm.output_messages.0.message.content",
    "traceloop.entity.input,traceloop.entity.output",
    "ai.prompt.messages,ai.response.text",
    "gcp.vertex.agent.llm_request,gcp.vertex.agent.llm_response",
    "spring.ai.tool.call.arguments,spring.ai.tool.call.result",
    "db.vector.query.content,spring.ai.vectorstore.query.response.documents",
  })
  void captureContentOff_leavesOutWhatOtherLibrariesRecord(String input, String output) {
    Langfuse client = client(s -> s.captureContent(false));
    Attributes content =
        Attributes.builder().put(input, "question").put(output, "answer").put("kept", "k").build();
    foreign(client, "gen_ai.operation.name", "chat", content);
    assertThat(client.flush()).isTrue();

    assertThat(sink.span("foreign").attributes())
        .isEqualTo(
            Map.of(
                "gen_ai.operation.name",
                "chat",
                "kept",
                "k",
                "langfuse.internal.is_app_root",
                true));
  }

  @Test
  void messagesAsEvents_areLeftOutToo() {
    Langfuse client = client(s -> s.dropInputs(GENERATION));
    Span span = client.tracerProvider().get("litellm").spanBuilder("foreign").startSpan();
    span.setAttribute("gen_ai.operation.name", "chat");
    span.addEvent("gen_ai.user.message", Attributes.of(AttributeKey.stringKey("content"), "q"));
    span.addEvent("gen_ai.choice", Attributes.of(AttributeKey.stringKey("content"), "a"));
    span.addEvent("log", Attributes.of(AttributeKey.stringKey("gen_ai.prompt"), "q"));
    span.end();
    assertThat(client.flush()).isTrue();

    assertThat(sink.span("foreign").events())
        .isEqualTo(
            List.of(
                new Event("gen_ai.choice", Map.of("content", "a")), new Event("log", Map.of())));
  }
}
