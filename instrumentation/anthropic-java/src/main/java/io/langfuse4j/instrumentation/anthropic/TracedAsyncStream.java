package io.langfuse4j.instrumentation.anthropic;

import com.anthropic.core.http.AsyncStreamResponse;
import io.langfuse4j.instrumentation.StreamedCall;
import io.opentelemetry.context.Context;
import java.lang.ref.Reference;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * An asynchronous stream that is followed. Handlers run on the library's threads, in the context in
 * which they were subscribed.
 */
final class TracedAsyncStream<T> implements AsyncStreamResponse<T> {

  private final AsyncStreamResponse<T> stream;
  private final StreamedCall<T> call;
  private final CompletableFuture<Void> completed;

  TracedAsyncStream(AsyncStreamResponse<T> stream, StreamedCall<T> call) {
    this.stream = stream;
    this.call = call;
    // Also where nobody subscribes: the request may have failed.
    this.completed = call.follow(stream.onCompleteFuture());
  }

  @Override
  public AsyncStreamResponse<T> subscribe(Handler<? super T> handler) {
    stream.subscribe(new TracedHandler<T>(handler, call, Context.current()));
    return this;
  }

  @Override
  public AsyncStreamResponse<T> subscribe(Handler<? super T> handler, Executor executor) {
    stream.subscribe(new TracedHandler<T>(handler, call, Context.current()), executor);
    return this;
  }

  @Override
  public CompletableFuture<Void> onCompleteFuture() {
    return completed;
  }

  @Override
  public void close() {
    // First, because the library completes handlers and future as if the stream were at its end.
    call.closeEarly();
    try {
      stream.close();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private record TracedHandler<T>(Handler<? super T> handler, StreamedCall<T> call, Context context)
      implements Handler<T> {

    @Override
    public void onNext(T item) {
      call.deliver(item, context, handler::onNext);
    }

    @Override
    public void onComplete(Optional<Throwable> error) {
      call.finish(error.orElse(null), context, () -> handler.onComplete(error));
    }
  }
}
