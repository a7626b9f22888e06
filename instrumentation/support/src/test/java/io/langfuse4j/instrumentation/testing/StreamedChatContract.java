package io.langfuse4j.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an integration records of a streamed chat that does not go well. */
public abstract class StreamedChatContract extends ChatContract {

  /** Asks, reads until {@code Hello} came, and closes or cancels the stream. */
  protected abstract void readAndClose(Langfuse client) throws Throwable;

  /** Asks, reads as far as the library lets and at most until {@code Hello} came, and forgets. */
  protected abstract void readAndForget(Langfuse client) throws Throwable;

  /** Whether the library stops when nobody holds its stream any more. */
  protected boolean canBeAbandoned() {
    return true;
  }

  /** The class of exception for a connection that breaks. */
  protected abstract Class<? extends Throwable> cutException();

  @Override
  protected final boolean streams() {
    return true;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement("R6")
  @Shows(Outcome.CUT)
  void cutInTheMiddle_isAnErrorWithWhatWasReceived(boolean content) {
    dialect().cut(provider);

    Throwable thrown = catchThrowable(() -> ask(client(content), provider.url(), false));

    assertThat(thrown).isExactlyInstanceOf(cutException());
    RecordedSpan span = theSpan();
    Map<String, Object> expected = captured(content, dialect().unfinished("Hello Ada"));
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
  @Shows(Outcome.CANCELLED)
  void closedEarly_keepsWhatWasReceived(boolean content) throws Throwable {
    dialect().stall(provider);

    readAndClose(client(content));

    RecordedSpan span = theSpan();
    Map<String, Object> expected = captured(content, dialect().unfinished("Hello"));
    expected.put("status_message", "Closed before the end.");
    assertThat(fields(span)).isEqualTo(expected);
    assertThat(span.statusCode()).isZero();
  }

  @Test
  @Requirement("R4")
  @Shows(Outcome.ABANDONED)
  void abandoned_isEndedWithWhatCame() throws Throwable {
    assumeTrue(canBeAbandoned(), "a stream of this kind cannot be abandoned");
    dialect().stall(provider);
    readAndForget(langfuse);

    Awaitility.await()
        .until(
            () -> {
              System.gc();
              return !sent().isEmpty();
            });

    RecordedSpan span = theSpan();
    // Either we or the library found it first.
    assertThat((String) span.observation("status_message"))
        .containsAnyOf("Closed before the end.", "Never read to its end");
    if (span.observation("output") != null) {
      assertThat(fields(span).get("output")).isEqualTo(dialect().unfinished("Hello").get("output"));
    }
  }
}
