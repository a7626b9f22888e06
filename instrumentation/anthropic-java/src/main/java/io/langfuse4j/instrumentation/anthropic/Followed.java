package io.langfuse4j.instrumentation.anthropic;

import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import io.langfuse4j.instrumentation.FollowedResult;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelResponse;
import org.jspecify.annotations.Nullable;

/** Results of anthropic-java: messages, streams and raw responses. */
final class Followed extends FollowedResult {

  Followed(ModelCall call) {
    super(call);
  }

  @Override
  protected @Nullable Object replacement(Object result) {
    if (result instanceof StreamResponse<?> stream) {
      return traced(stream);
    }
    if (result instanceof AsyncStreamResponse<?> stream) {
      return new TracedAsyncStream<>(stream, streamed(new StreamedMessage()));
    }
    return result instanceof HttpResponseFor<?> response ? traced(response) : null;
  }

  private <T> TracedStream<T> traced(StreamResponse<T> stream) {
    return new TracedStream<>(stream, streamed(new StreamedMessage()));
  }

  private <T> TracedRawResponse<T> traced(HttpResponseFor<T> response) {
    return new TracedRawResponse<>(response, raw(response::parse));
  }

  @Override
  protected void describe(ModelResponse response, Object answer) {
    MessageReader.response(response, answer);
  }

  @Override
  protected void fail(Throwable thrown) {
    Failures.fail(call(), thrown);
  }
}
