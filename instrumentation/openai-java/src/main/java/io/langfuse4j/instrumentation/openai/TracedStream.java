package io.langfuse4j.instrumentation.openai;

import com.openai.core.http.StreamResponse;
import io.langfuse4j.instrumentation.StreamedCall;
import io.opentelemetry.context.Scope;
import java.util.stream.Stream;

/** A stream that is followed; otherwise the library's own. */
record TracedStream<T>(StreamResponse<T> response, StreamedCall<T> call)
    implements StreamResponse<T> {

  @Override
  public Stream<T> stream() {
    return call.observe(response::stream);
  }

  @Override
  @SuppressWarnings("try") // the scope is the point
  public void close() {
    try (Scope scope = call.makeCurrent()) {
      response.close();
    } finally {
      call.closeEarly();
    }
  }
}
