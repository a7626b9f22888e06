package io.langfuse4j.instrumentation.anthropic;

import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.StreamedCall;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the result of a traced call: recorded if it is there, replaced by something of
 * the same type that is followed if it is not.
 */
record Followed(ModelCall call) {

  @SuppressWarnings("FutureReturnValueIgnored") // it is the result
  @Nullable Object result(@Nullable Object result) {
    if (result instanceof CompletableFuture<?> future) {
      return call.follow(future, this::available, thrown -> Failures.fail(call, thrown));
    }
    return available(result);
  }

  /** What cannot be followed is given to the application as it is. */
  private @Nullable Object available(@Nullable Object result) {
    try {
      return replaced(result);
    } catch (RuntimeException | LinkageError e) {
      call.succeed();
      return result;
    }
  }

  private @Nullable Object replaced(@Nullable Object result) {
    if (result instanceof StreamResponse<?> stream) {
      return new TracedStream<>(stream, streamed());
    }
    if (result instanceof AsyncStreamResponse<?> stream) {
      return new TracedAsyncStream<>(stream, streamed());
    }
    if (result instanceof HttpResponseFor<?> response) {
      return new TracedRawResponse<>(response, this);
    }
    answered(result);
    return result;
  }

  /** The answer of a raw response, once the application asks for it. */
  @SuppressWarnings({"unchecked", "NullAway"}) // what replaces a stream is one of the same items
  <T> T parsed(T answer) {
    return (T) available(answer);
  }

  private void answered(@Nullable Object answer) {
    if (answer == null) {
      call.succeed();
    } else {
      call.succeed(response -> MessageReader.response(response, answer));
    }
  }

  private <T> StreamedCall<T> streamed() {
    return new StreamedCall<>(call, new StreamedMessage(), thrown -> Failures.fail(call, thrown));
  }
}
