package io.langfuse4j.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an integration records of a call that is not a chat and whose answer comes in pieces. */
@CannotHappen("TOOL_CALL: not a chat")
public abstract class StreamedCallContract extends CallContract {

  /** Makes the provider break the connection after the first piece. */
  protected abstract void cut();

  /** Makes the provider send the first piece and then nothing for long. */
  protected abstract void stall();

  /** The output when only the first piece came. */
  protected abstract Object firstPiece();

  /** Calls, reads the first piece, and closes. */
  protected abstract void readAndClose(Langfuse client) throws Throwable;

  /** Calls, reads the first piece, and forgets. */
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
    cut();

    Throwable thrown = catchThrowable(() -> call(client(content), provider.url()));

    assertThat(thrown).isExactlyInstanceOf(cutException());
    RecordedSpan span = theSpan();
    assertThat(fields(span)).containsEntry("level", "ERROR");
    assertThat(fields(span).get("output")).isEqualTo(content ? firstPiece() : null);
    assertThat(span.statusCode()).isEqualTo(2);
    assertThat(hasFirstToken(span)).isTrue();
    assertThat(span.events()).extracting(RecordedSpan.Event::name).containsExactly("exception");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement("R4")
  @Shows(Outcome.CANCELLED)
  void closedEarly_keepsWhatWasReceived(boolean content) throws Throwable {
    stall();

    readAndClose(client(content));

    RecordedSpan span = theSpan();
    assertThat(fields(span)).containsEntry("status_message", "Closed before the end.");
    assertThat(fields(span).get("output")).isEqualTo(content ? firstPiece() : null);
    assertThat(span.statusCode()).isZero();
  }

  @Test
  @Requirement("R4")
  @Shows(Outcome.ABANDONED)
  void abandoned_isEndedWithWhatCame() throws Throwable {
    assumeTrue(canBeAbandoned(), "a stream of this kind cannot be abandoned");
    stall();
    readAndForget(langfuse);

    Awaitility.await()
        .until(
            () -> {
              System.gc();
              return !sent().isEmpty();
            });

    // Either we or the library found it first.
    assertThat((String) theSpan().observation("status_message"))
        .containsAnyOf("Closed before the end.", "Never read to its end");
  }
}
