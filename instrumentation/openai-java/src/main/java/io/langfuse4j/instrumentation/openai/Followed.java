package io.langfuse4j.instrumentation.openai;

import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.StreamedCall;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the result of a traced call: recorded if it is there, replaced by something of
 * the same type that is followed if it is not.
 */
record Followed(ModelCall call, Reader reader, boolean hidesUsage) {

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
    if (result instanceof HttpResponse response) {
      return new TracedBody(response, call);
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
      call.succeed(response -> reader.response(response, answer));
    }
  }

  private <T> StreamedCall<T> streamed() {
    return new StreamedCall<>(
        call, reader.streamed(hidesUsage), thrown -> Failures.fail(call, thrown));
  }
}
