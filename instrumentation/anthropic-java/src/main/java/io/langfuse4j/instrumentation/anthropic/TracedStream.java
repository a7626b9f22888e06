package io.langfuse4j.instrumentation.anthropic;

import com.anthropic.core.http.StreamResponse;
import io.langfuse4j.instrumentation.StreamedCall;
import io.opentelemetry.context.Scope;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A stream that is followed; otherwise the library's own. */
final class TracedStream<T> implements StreamResponse<T> {

  private final StreamResponse<T> stream;
  private final StreamedCall<T> call;
  private final Object lock = new Object();
  private @Nullable Stream<T> observed;

  TracedStream(StreamResponse<T> stream, StreamedCall<T> call) {
    this.stream = stream;
    this.call = call;
  }

  /** The same one every time, as the library has it. */
  @Override
  public Stream<T> stream() {
    synchronized (lock) {
      Stream<T> known = observed;
      if (known == null) {
        known = call.observe(stream.stream());
        observed = known;
      }
      return known;
    }
  }

  @Override
  @SuppressWarnings("try") // the scope is the point
  public void close() {
    try (Scope scope = call.makeCurrent()) {
      stream.close();
    } finally {
      call.closeEarly();
    }
  }
}
