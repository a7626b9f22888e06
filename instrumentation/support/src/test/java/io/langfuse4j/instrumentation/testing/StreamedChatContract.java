package io.langfuse4j.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an integration records of a streamed chat that does not go well. */
public abstract class StreamedChatContract extends ChatContract {

  /** Asks, reads two chunks and closes the stream. */
  protected abstract void readTwoAndClose(Langfuse client) throws Throwable;

  /** The class of exception for a connection that breaks. */
  protected abstract Class<? extends Throwable> cutException();

  @Override
  protected final void answer(Reply reply) {
    provider.events(reply.events());
  }

  @Override
  protected final void answerWithoutChoices() {
    List<String> all = ChatWire.textEvents();
    provider.events(
        List.of(ChatWire.chunkWithoutChoices(), all.get(all.size() - 2), all.get(all.size() - 1)));
  }

  @Override
  protected final Map<String, Object> moreParameters() {
    return Map.of("stream_options", Map.of("include_usage", true));
  }

  @Override
  protected final boolean streams() {
    return true;
  }

  @Test
  @Requirement("R4")
  void chunkWithoutChoicesFirst_doesNotDisturb() throws Throwable {
    List<String> events = new ArrayList<>(ChatWire.textEvents());
    events.add(0, ChatWire.chunkWithoutChoices());
    provider.events(events);

    assertThat(ask(langfuse, provider.url(), false)).isEqualTo("Hello Ada.");

    assertThat(fields(theSpan()))
        .isEqualTo(
            answered(true, false, "stop", Map.of("role", "assistant", "content", "Hello Ada.")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement("R6")
  void cutInTheMiddle_isAnErrorWithWhatWasReceived(boolean content) {
    provider.cut(ChatWire.textEvents().subList(0, 3));

    Throwable thrown = catchThrowable(() -> ask(client(content), provider.url(), false));

    assertThat(thrown).isExactlyInstanceOf(cutException());
    RecordedSpan span = theSpan();
    Map<String, Object> expected = unfinished(content);
    expected.put("level", "ERROR");
    expected.put("status_message", span.statusMessage());
    assertThat(fields(span)).isEqualTo(expected);
    assertThat(span.statusCode()).isEqualTo(2);
    assertThat(hasFirstToken(span)).isTrue();
    assertThat(span.events()).extracting(RecordedSpan.Event::name).containsExactly("exception");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement("R4")
  void closedEarly_keepsWhatWasReceived(boolean content) throws Throwable {
    provider.stalled(ChatWire.textEvents().subList(0, 2));

    readTwoAndClose(client(content));

    RecordedSpan span = theSpan();
    Map<String, Object> expected = unfinished(content);
    expected.put("status_message", "Closed before the end.");
    if (content) {
      expected.put("output", Map.of("role", "assistant", "content", "Hello"));
    }
    assertThat(fields(span)).isEqualTo(expected);
    assertThat(span.statusCode()).isZero();
  }

  /** An answer of which the first three chunks arrived. */
  private Map<String, Object> unfinished(boolean content) {
    Map<String, Object> expected =
        answered(content, false, "", Map.of("role", "assistant", "content", "Hello Ada"));
    expected.remove("metadata.finish_reason");
    expected.remove("usage_details");
    return expected;
  }
}
