package io.langfuse4j.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What an integration records of a chat whose answer is a future. */
public abstract class AsyncChatContract extends ChatContract {

  /** Asks; the future has the text of the answer, or is what it is derived from. */
  protected abstract CompletableFuture<?> start(Langfuse client, String url, boolean withTools);

  /** The text of what {@link #start} gave. */
  protected abstract String textOf(Object answer);

  @Override
  protected final String ask(Langfuse client, String url, boolean withTools) throws Throwable {
    try {
      return textOf(start(client, url, withTools).join());
    } catch (CompletionException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  @Test
  @Requirement("R6")
  @Shows(Outcome.CANCELLED)
  void cancelled_isAnErrorAndEnds() {
    provider.silent();

    CompletableFuture<?> answer = start(langfuse, provider.url(), false);
    assertThat(answer.cancel(true)).isTrue();

    assertThat(answer).isCancelled();
    RecordedSpan span = theSpan();
    Map<String, Object> expected = asked(true, false);
    expected.put("level", "ERROR");
    expected.put("status_message", "java.util.concurrent.CancellationException");
    expected.put("cost_details", Map.of("input", 0, "output", 0, "total", 0));
    assertThat(fields(span)).isEqualTo(expected);
  }
}
