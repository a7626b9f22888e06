package io.langfuse4j.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an integration records of a chat, whatever the library and the way it is called. The
 * application asks with a system and a user message, temperature 0.2 and at most 50 tokens, and
 * with one tool where the question is about the weather.
 */
public abstract class ChatContract extends TracedTest {

  /** One kind of answer, whole and in pieces. */
  protected record Reply(String whole, List<String> events) {

    static final Reply TEXT =
        new Reply(ChatWire.completion(ChatWire.TEXT, "stop"), ChatWire.textEvents());
    static final Reply REFUSAL =
        new Reply(ChatWire.completion(ChatWire.REFUSAL, "stop"), ChatWire.refusalEvents());
    static final Reply TOOLS =
        new Reply(ChatWire.completion(ChatWire.TOOL_CALLS, "tool_calls"), ChatWire.toolEvents());
    static final Reply PARALLEL_TOOLS =
        new Reply(
            ChatWire.completion(ChatWire.PARALLEL_TOOL_CALLS, "tool_calls"),
            ChatWire.parallelToolEvents());
  }

  /** Makes the provider answer, in the form that this way of calling gets. */
  protected abstract void answer(Reply reply);

  /** Makes the provider answer without any choice. */
  protected abstract void answerWithoutChoices();

  /**
   * Asks, reads the answer to its end, and returns its text; what the library throws is thrown,
   * without wrappers.
   */
  protected abstract String ask(Langfuse client, String url, boolean withTools) throws Throwable;

  /** Parameters that this way of calling sends beside temperature and limit. */
  protected Map<String, Object> moreParameters() {
    return Map.of();
  }

  /** The classes of exception that the library has for a refusal with that status. */
  protected abstract Class<? extends Throwable> exceptionFor(int status);

  protected abstract Class<? extends Throwable> transportException();

  /** Whether time to first token is known. */
  protected abstract boolean streams();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement({"R2", "R3", "R4", "R5"})
  void ok_isOneGenerationWithEverything(boolean content) throws Throwable {
    answer(Reply.TEXT);

    assertThat(ask(client(content), provider.url(), false)).isEqualTo("Hello Ada.");

    RecordedSpan span = theSpan();
    assertThat(span.name()).isEqualTo("OpenAI-generation");
    assertThat(fields(span))
        .isEqualTo(
            answered(content, false, "stop", Map.of("role", "assistant", "content", "Hello Ada.")));
    assertThat(span.statusCode()).isZero();
    assertThat(hasFirstToken(span)).isEqualTo(streams());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement({"R3", "R4"})
  void toolCall_isRecordedWithNameAndArguments(boolean content) throws Throwable {
    answer(Reply.TOOLS);

    ask(client(content), provider.url(), true);

    assertThat(fields(theSpan()))
        .isEqualTo(answered(content, true, "tool_calls", toolCalls("Paris")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement("R4")
  void parallelToolCalls_areKeptApart(boolean content) throws Throwable {
    answer(Reply.PARALLEL_TOOLS);

    ask(client(content), provider.url(), true);

    assertThat(fields(theSpan()))
        .isEqualTo(answered(content, true, "tool_calls", toolCalls("Paris", "Rome")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement("R4")
  void refusal_isTheOutput(boolean content) throws Throwable {
    answer(Reply.REFUSAL);

    ask(client(content), provider.url(), false);

    assertThat(fields(theSpan()))
        .isEqualTo(
            answered(
                content, false, "stop", Map.of("role", "assistant", "refusal", "I will not.")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement("R4")
  void noChoices_isAnAnswerWithoutOutput(boolean content) throws Throwable {
    answerWithoutChoices();

    ask(client(content), provider.url(), false);

    Map<String, Object> expected = answered(content, false, "", Map.of());
    expected.remove("output");
    expected.remove("metadata.finish_reason");
    assertThat(fields(theSpan())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "400,true",
    "400,false",
    "401,true",
    "429,true",
    "429,false",
    "500,true",
    "500,false"
  })
  @Requirement("R6")
  void providerError_isRecordedAndThrownAsItWas(int status, boolean content) {
    provider.json(status, ChatWire.error("The provider says no.", "some_type", "some_code"));

    Throwable thrown = catchThrowable(() -> ask(client(content), provider.url(), false));

    assertThat(thrown).isExactlyInstanceOf(exceptionFor(status));
    RecordedSpan span = theSpan();
    Map<String, Object> expected = asked(content, false);
    expected.put("level", "ERROR");
    expected.put("status_message", thrown.getMessage());
    expected.put("cost_details", Map.of("input", 0, "output", 0, "total", 0));
    expected.put("metadata.http_status", (long) status);
    expected.put("metadata.error_type", "some_type");
    expected.put("metadata.error_code", "some_code");
    expected.put("metadata.error_param", "messages");
    expected.put("metadata.request_id", "req_stub");
    assertThat(fields(span)).isEqualTo(expected);
    assertThat(span.statusCode()).isEqualTo(2);
    assertThat(span.statusMessage()).contains("The provider says no.");
    assertThat(span.events()).extracting(RecordedSpan.Event::name).containsExactly("exception");
    assertThat(span.events().get(0).attributes().get("exception.type"))
        .isEqualTo(thrown.getClass().getName());
  }

  @Test
  @Requirement("R6")
  void transportError_isRecordedAndThrownAsItWas() {
    // Port 1 is never listened on.
    Throwable thrown = catchThrowable(() -> ask(langfuse, "http://127.0.0.1:1", false));

    assertThat(thrown).isExactlyInstanceOf(transportException());
    RecordedSpan span = theSpan();
    assertThat(fields(span)).containsEntry("level", "ERROR");
    assertThat(span.statusMessage()).contains("ConnectException");
  }

  @Test
  @Requirement("R9")
  void calledInsideAnObservation_isItsChild() throws Throwable {
    answer(Reply.TEXT);

    langfuse.observe("pipeline", root -> asking());

    RecordedSpan root = spanNamed("pipeline");
    assertThat(spanNamed("OpenAI-generation").parentSpanId()).isEqualTo(root.spanId());
    assertThat(sent()).hasSize(2);
  }

  private String asking() {
    try {
      return ask(langfuse, provider.url(), false);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  protected final RecordedSpan spanNamed(String name) {
    sent();
    return sink.span(name);
  }

  @Test
  void tracingOff_isTheLibraryAsItIs() throws Throwable {
    answer(Reply.TEXT);
    Langfuse off = Langfuse.builder().tracingEnabled(false).shutdownHook(false).build();

    assertThat(ask(off, provider.url(), false)).isEqualTo("Hello Ada.");

    assertThat(sent()).isEmpty();
  }

  /** What is known when the call starts. */
  protected final Map<String, Object> asked(boolean content, boolean withTools) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("type", "generation");
    fields.put("model.name", "gpt-4o");
    fields.put("model.parameters", parameters());
    if (content) {
      fields.put("input", withTools ? input("What is the weather in Paris?") : input("Hello?"));
    }
    return fields;
  }

  private Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>(moreParameters());
    parameters.put("temperature", 0.2);
    parameters.put("max_completion_tokens", 50);
    return parameters;
  }

  private static Object input(String question) {
    List<Object> messages =
        List.of(
            Map.of("role", "system", "content", "Be brief."),
            Map.of("role", "user", "content", question));
    if (question.equals("Hello?")) {
      return messages;
    }
    return Map.of("messages", messages, "tools", StubProvider.parsed(TOOLS));
  }

  protected static final String TOOLS =
      "[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"description\":\"Weather of a"
          + " city\"}}]";

  /** What is known when the answer has arrived. */
  protected final Map<String, Object> answered(
      boolean content, boolean withTools, String finishReason, Map<String, Object> output) {
    Map<String, Object> fields = asked(content, withTools);
    fields.put("model.name", ChatWire.MODEL);
    Map<String, Object> parameters = parameters();
    parameters.put("service_tier", "default");
    fields.put("model.parameters", parameters);
    fields.put(
        "usage_details",
        Map.of(
            "input", 20,
            "output", 15,
            "total", 50,
            "input_cached_tokens", 10,
            "output_reasoning_tokens", 5));
    fields.put("metadata.finish_reason", finishReason);
    fields.put("metadata.response_id", "chatcmpl-1");
    if (content) {
      fields.put("output", output);
    }
    return fields;
  }

  private static Map<String, Object> toolCalls(String... cities) {
    List<Object> calls = new java.util.ArrayList<>();
    for (String city : cities) {
      calls.add(
          Map.of(
              "id",
              "call_" + (calls.size() + 1),
              "type",
              "function",
              "function",
              Map.of("name", "weather", "arguments", "{\"city\":\"" + city + "\"}")));
    }
    return Map.of("role", "assistant", "tool_calls", calls);
  }
}
