package io.langfuse4j.instrumentation.openai;

import com.openai.core.http.AsyncStreamResponse;
import io.langfuse4j.instrumentation.StreamedCall;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.lang.ref.Reference;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * An asynchronous stream that is followed. Handlers run on the library's threads, in the context in
 * which they were subscribed.
 */
final class TracedAsyncStream<T> implements AsyncStreamResponse<T> {

  private final AsyncStreamResponse<T> stream;
  private final StreamedCall<T> call;
  private final CompletableFuture<Void> completed;

  @SuppressWarnings("FutureReturnValueIgnored") // the derived stage has no other use
  TracedAsyncStream(AsyncStreamResponse<T> stream, StreamedCall<T> call) {
    this.stream = stream;
    this.call = call;
    CompletableFuture<Void> mirrored = new Mirrored(stream.onCompleteFuture());
    // Also where nobody subscribes: the request may have failed.
    stream
        .onCompleteFuture()
        .whenComplete(
            (nothing, thrown) -> {
              if (thrown == null) {
                call.closeEarly();
                mirrored.complete(null);
              } else {
                call.fail(unwrapped(thrown));
                mirrored.completeExceptionally(thrown);
              }
            });
    this.completed = mirrored;
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

  private static Throwable unwrapped(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  /** Completes after the observation has ended. */
  private static final class Mirrored extends CompletableFuture<Void> {

    private final CompletableFuture<Void> source;

    Mirrored(CompletableFuture<Void> source) {
      this.source = source;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      source.cancel(mayInterruptIfRunning);
      super.cancel(mayInterruptIfRunning);
      return isCancelled();
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new CompletableFuture<>();
    }
  }

  @SuppressWarnings("try") // the scopes are the point
  private record TracedHandler<T>(Handler<? super T> handler, StreamedCall<T> call, Context context)
      implements Handler<T> {

    @Override
    public void onNext(T item) {
      if (!call.item(item)) {
        return;
      }
      try (Scope scope = context.makeCurrent()) {
        handler.onNext(item);
      } catch (Throwable t) {
        // The application's own failure; the library stops the stream.
        call.closeEarly();
        throw t;
      }
    }

    @Override
    public void onComplete(Optional<Throwable> error) {
      if (error.isPresent()) {
        call.fail(unwrapped(error.get()));
      } else {
        call.complete();
      }
      try (Scope scope = context.makeCurrent()) {
        handler.onComplete(error);
      }
    }
  }
}
