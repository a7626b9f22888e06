package io.langfuse4j.instrumentation.openai;

import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import io.langfuse4j.instrumentation.FollowedResult;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelResponse;
import io.langfuse4j.instrumentation.StreamedCall;
import org.jspecify.annotations.Nullable;

/** Results of openai-java: answers, streams, raw responses and bodies. */
final class Followed extends FollowedResult {

  private final Reader reader;
  private final boolean hidesUsage;

  /**
   * @param hidesUsage whether the application did not ask for the usage that a stream ends with
   */
  Followed(ModelCall call, Reader reader, boolean hidesUsage) {
    super(call);
    this.reader = reader;
    this.hidesUsage = hidesUsage;
  }

  @Override
  protected @Nullable Object replacement(Object result) {
    if (result instanceof StreamResponse<?> stream) {
      return traced(stream);
    }
    if (result instanceof AsyncStreamResponse<?> stream) {
      return new TracedAsyncStream<>(stream, streamed());
    }
    if (result instanceof HttpResponseFor<?> response) {
      return traced(response);
    }
    return result instanceof HttpResponse response ? new TracedBody(response, call()) : null;
  }

  private <T> TracedStream<T> traced(StreamResponse<T> stream) {
    return new TracedStream<>(stream, streamed());
  }

  private <T> TracedRawResponse<T> traced(HttpResponseFor<T> response) {
    return new TracedRawResponse<>(response, raw(response::parse));
  }

  private <T> StreamedCall<T> streamed() {
    return streamed(reader.streamed(hidesUsage));
  }

  @Override
  protected void describe(ModelResponse response, Object answer) {
    reader.response(response, answer);
  }

  @Override
  protected void fail(Throwable thrown) {
    Failures.fail(call(), thrown);
  }
}
