package io.langfuse4j.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an integration records of one call that is not a chat, whatever is asked for. */
@CannotHappen({
  "TOOL_CALL: not a chat",
  "CUT: not streamed",
  "CANCELLED: a blocking call cannot be",
  "ABANDONED: the caller waits for the answer"
})
public abstract class CallContract extends TracedTest {

  /** Makes the provider answer. */
  protected abstract void answer();

  /**
   * Calls and returns when all of the answer is there; what the library throws is thrown, without
   * wrappers.
   */
  protected abstract void call(Langfuse client, String url) throws Throwable;

  /** Name of the observation. */
  protected abstract String observationName();

  /** What must be recorded, as {@link TracedTest#fields}, with content. */
  protected abstract Map<String, Object> answered();

  /** The class of exception for the status 429. */
  protected abstract Class<? extends Throwable> refusal();

  protected abstract Class<? extends Throwable> transportException();

  /** Makes the provider answer with the status 429 and the message {@code Slow down.} */
  protected void refuse() {
    provider.json(429, ChatWire.error("Slow down.", "requests", "rate_limit_exceeded"));
  }

  /** Whether the answer comes in pieces. */
  protected boolean streams() {
    return false;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement({"R2", "R3", "R4", "R5"})
  @Shows(Outcome.OK)
  void ok_isOneObservationWithEverything(boolean content) throws Throwable {
    answer();

    call(client(content), provider.url());

    assertAnswered(content);
  }

  protected final void assertAnswered(boolean content) {
    RecordedSpan span = theSpan();
    assertThat(span.name()).isEqualTo(observationName());
    assertThat(fields(span)).isEqualTo(captured(content, answered()));
    assertThat(span.statusCode()).isZero();
    assertThat(hasFirstToken(span)).isEqualTo(streams());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement("R6")
  @Shows(Outcome.PROVIDER_ERROR)
  void providerError_isRecordedAndThrownAsItWas(boolean content) {
    refuse();

    Throwable thrown = catchThrowable(() -> call(client(content), provider.url()));

    assertThat(thrown).isExactlyInstanceOf(refusal());
    assertRefused(thrown, content);
  }

  protected final void assertRefused(Throwable thrown, boolean content) {
    RecordedSpan span = theSpan();
    assertThat(span.name()).isEqualTo(observationName());
    Map<String, Object> fields = fields(span);
    assertThat(fields).containsEntry("level", "ERROR").doesNotContainKey("output");
    assertThat(fields.get("input")).isEqualTo(content ? answered().get("input") : null);
    assertThat(fields.get("type")).isEqualTo(answered().get("type"));
    assertThat(span.statusCode()).isEqualTo(2);
    assertThat(span.statusMessage()).contains("Slow down.");
    assertThat(span.events()).extracting(RecordedSpan.Event::name).containsExactly("exception");
    assertThat(span.events().get(0).attributes())
        .containsEntry("exception.type", thrown.getClass().getName());
  }

  @Test
  @Requirement("R6")
  @Shows(Outcome.TRANSPORT_ERROR)
  void transportError_isRecordedAndThrownAsItWas() {
    // Port 1 is never listened on.
    Throwable thrown = catchThrowable(() -> call(langfuse, "http://127.0.0.1:1"));

    assertThat(thrown).isExactlyInstanceOf(transportException());
    assertUnreachable();
  }

  protected final void assertUnreachable() {
    assertThat(fields(theSpan())).containsEntry("level", "ERROR");
    assertThat(fields(theSpan()).get("input")).isEqualTo(answered().get("input"));
    assertThat(theSpan().statusMessage()).contains("ConnectException");
  }

  /** A copy without the content where that is not captured. */
  protected static Map<String, Object> captured(boolean content, Map<String, Object> fields) {
    Map<String, Object> captured = new TreeMap<>(fields);
    if (!content) {
      captured.keySet().removeAll(List.of("input", "output"));
    }
    return captured;
  }
}
