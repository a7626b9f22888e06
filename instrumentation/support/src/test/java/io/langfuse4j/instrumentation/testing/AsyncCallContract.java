package io.langfuse4j.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.Requirement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that can be made both ways: the caller waits, or is given a future. */
@CannotHappen("ABANDONED: ends with the answer, whoever waits for it")
public abstract class AsyncCallContract extends CallContract {

  /** Calls; the very future of the library. */
  protected abstract CompletableFuture<?> start(Langfuse client, String url);

  /** Reads what the future gave, where that is not all of the answer. */
  protected void read(Object answer) {}

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement({"R2", "R3", "R4", "R5"})
  @Shows(Outcome.OK)
  void okLater_isTheSame(boolean content) {
    answer();

    read(start(client(content), provider.url()).join());

    assertAnswered(content);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement("R6")
  @Shows(Outcome.PROVIDER_ERROR)
  void providerErrorLater_isTheSame(boolean content) {
    refuse();

    Throwable thrown = thrownBy(start(client(content), provider.url()));

    assertThat(thrown).isExactlyInstanceOf(refusal());
    assertRefused(thrown, content);
  }

  @Test
  @Requirement("R6")
  @Shows(Outcome.TRANSPORT_ERROR)
  void transportErrorLater_isTheSame() {
    assertThat(thrownBy(start(langfuse, "http://127.0.0.1:1"))).isNotNull();

    assertUnreachable();
  }

  private static Throwable thrownBy(CompletableFuture<?> call) {
    Throwable thrown = catchThrowable(call::join);
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  @Test
  @Requirement("R6")
  @Shows(Outcome.CANCELLED)
  void cancelled_isAnErrorAndEnds() {
    provider.silent();

    CompletableFuture<?> call = start(langfuse, provider.url());
    assertThat(call.cancel(true)).isTrue();

    assertThat(call).isCancelled();
    Map<String, Object> fields = fields(theSpan());
    assertThat(fields)
        .containsEntry("level", "ERROR")
        .containsEntry("status_message", "java.util.concurrent.CancellationException")
        .doesNotContainKey("output");
    assertThat(fields.get("input")).isEqualTo(answered().get("input"));
  }
}
