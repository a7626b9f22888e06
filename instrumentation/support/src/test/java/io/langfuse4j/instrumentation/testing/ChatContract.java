package io.langfuse4j.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.Map;
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

  /** The provider that is talked to; OpenAI unless said otherwise. */
  protected ChatDialect dialect() {
    return new OpenAIChatDialect();
  }

  /**
   * Asks, reads the answer to its end, and returns its text; what the library throws is thrown,
   * without wrappers.
   */
  protected abstract String ask(Langfuse client, String url, boolean withTools) throws Throwable;

  /** The classes of exception that the library has for a refusal with that status. */
  protected abstract Class<? extends Throwable> exceptionFor(int status);

  protected abstract Class<? extends Throwable> transportException();

  /** Whether the answer comes in pieces. */
  protected boolean streams() {
    return false;
  }

  /** Makes the provider answer, in the form that this way of calling gets. */
  protected final void answer(ChatReply reply) {
    dialect().answer(provider, reply, streams());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement({"R2", "R3", "R4", "R5"})
  @Shows(Outcome.OK)
  void ok_isOneGenerationWithEverything(boolean content) throws Throwable {
    answer(ChatReply.TEXT);

    assertThat(ask(client(content), provider.url(), false)).isEqualTo("Hello Ada.");

    RecordedSpan span = theSpan();
    assertThat(span.name()).isEqualTo(dialect().observationName());
    assertThat(fields(span)).isEqualTo(answered(content, false, ChatReply.TEXT));
    assertThat(span.statusCode()).isZero();
    assertThat(hasFirstToken(span)).isEqualTo(streams());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement({"R3", "R4"})
  @Shows(Outcome.TOOL_CALL)
  void toolCall_isRecordedWithNameAndArguments(boolean content) throws Throwable {
    answer(ChatReply.TOOL);

    ask(client(content), provider.url(), true);

    assertThat(fields(theSpan())).isEqualTo(answered(content, true, ChatReply.TOOL));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement("R4")
  @Shows(Outcome.TOOL_CALL)
  void parallelToolCalls_areKeptApart(boolean content) throws Throwable {
    answer(ChatReply.PARALLEL_TOOLS);

    ask(client(content), provider.url(), true);

    assertThat(fields(theSpan())).isEqualTo(answered(content, true, ChatReply.PARALLEL_TOOLS));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement("R4")
  void refusal_isTheOutput(boolean content) throws Throwable {
    answer(ChatReply.REFUSAL);

    ask(client(content), provider.url(), false);

    assertThat(fields(theSpan())).isEqualTo(answered(content, false, ChatReply.REFUSAL));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement("R4")
  void nothing_isAnAnswerWithoutOutput(boolean content) throws Throwable {
    answer(ChatReply.NOTHING);

    ask(client(content), provider.url(), false);

    assertThat(fields(theSpan())).isEqualTo(answered(content, false, ChatReply.NOTHING));
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
  @Shows(Outcome.PROVIDER_ERROR)
  void providerError_isRecordedAndThrownAsItWas(int status, boolean content) {
    dialect().refuse(provider, status);

    Throwable thrown = catchThrowable(() -> ask(client(content), provider.url(), false));

    assertThat(thrown).isExactlyInstanceOf(exceptionFor(status));
    RecordedSpan span = theSpan();
    Map<String, Object> expected = asked(content, false);
    expected.put("level", "ERROR");
    expected.put("status_message", thrown.getMessage());
    expected.put("cost_details", Map.of("input", 0, "output", 0, "total", 0));
    expected.putAll(dialect().refused(status));
    assertThat(fields(span)).isEqualTo(expected);
    assertThat(span.statusCode()).isEqualTo(2);
    assertThat(span.statusMessage()).contains("The provider says no.");
    assertThat(span.events()).extracting(RecordedSpan.Event::name).containsExactly("exception");
    assertThat(span.events().get(0).attributes().get("exception.type"))
        .isEqualTo(thrown.getClass().getName());
  }

  @Test
  @Requirement("R6")
  @Shows(Outcome.TRANSPORT_ERROR)
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
    answer(ChatReply.TEXT);

    langfuse.observe("pipeline", root -> asking());

    RecordedSpan root = spanNamed("pipeline");
    assertThat(spanNamed(dialect().observationName()).parentSpanId()).isEqualTo(root.spanId());
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
    answer(ChatReply.TEXT);
    Langfuse off = Langfuse.builder().tracingEnabled(false).shutdownHook(false).build();

    assertThat(ask(off, provider.url(), false)).isEqualTo("Hello Ada.");

    assertThat(sent()).isEmpty();
  }

  /** What is known when the call starts. */
  protected final Map<String, Object> asked(boolean content, boolean withTools) {
    return captured(content, dialect().asked(withTools, streams()));
  }

  /** What is known when the answer has arrived. */
  protected final Map<String, Object> answered(
      boolean content, boolean withTools, ChatReply reply) {
    return captured(content, dialect().answered(reply, withTools, streams()));
  }

  /** Without the content where that is not captured. */
  protected static Map<String, Object> captured(boolean content, Map<String, Object> fields) {
    if (!content) {
      fields.remove("input");
      fields.remove("output");
    }
    return fields;
  }
}
