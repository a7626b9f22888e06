package io.langfuse4j.instrumentation;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.lang.ref.Reference;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A call whose answer is streamed: follows the stream without changing what the application sees of
 * it. Ends with the last item, a failure, an early close, or when nobody holds it any more.
 *
 * <p>Whatever the application gets in place of the library's own object must hold this one, which
 * is what is watched for being forgotten. Thread-safe.
 *
 * @param <T> the items
 */
public final class StreamedCall<T> {

  private final ModelCall call;
  private final StreamedAnswer<? super T> answer;
  private final Consumer<Throwable> failure;
  private final Object lock = new Object();
  private @Nullable Stream<T> stream;

  /**
   * Follows a stream.
   *
   * @param failure ends {@code call} as failed, with what the library knows of the reason
   */
  public StreamedCall(
      ModelCall call, StreamedAnswer<? super T> answer, Consumer<Throwable> failure) {
    this.call = call;
    this.answer = answer;
    this.failure = failure;
    call.partialResponse(answer::describe);
    call.watch(this);
  }

  /** Takes note of an item; false if it is not for the application. */
  public boolean item(T item) {
    call.received();
    if (call.isRecording()) {
      Guard.run("stream", () -> answer.add(item));
    }
    return !isHidden(item);
  }

  private boolean isHidden(T item) {
    try {
      return answer.isHidden(item);
    } catch (RuntimeException | LinkageError e) {
      Guard.report("stream", e);
      return false;
    }
  }

  /** The stream was delivered to its end. */
  public void complete() {
    call.succeed();
  }

  /** The stream failed; the same exception goes to the application. */
  public void fail(Throwable thrown) {
    failure.accept(thrown);
  }

  /** The application wants no more. Does nothing after the end. */
  public void closeEarly() {
    call.closeEarly();
  }

  /**
   * Hands an item to a handler of the application, in the context in which it was subscribed. What
   * the handler throws is its own failure and ends the call as closed early.
   */
  @SuppressWarnings("try") // the scope is the point
  public void deliver(T item, Context subscriber, Consumer<? super T> handler) {
    if (!item(item)) {
      return;
    }
    try (Scope scope = subscriber.makeCurrent()) {
      handler.accept(item);
    } catch (Throwable t) {
      closeEarly();
      throw t;
    }
  }

  /**
   * The stream is at its end; tells the application, in the context in which it subscribed.
   *
   * @param error null if all went well
   */
  @SuppressWarnings("try") // the scope is the point
  public void finish(@Nullable Throwable error, Context subscriber, Runnable handler) {
    if (error == null) {
      complete();
    } else {
      fail(ModelCall.unwrapped(error));
    }
    try (Scope scope = subscriber.makeCurrent()) {
      handler.run();
    }
  }

  /**
   * A future that completes as {@code completion} does, after the call has ended. Cancelling it
   * cancels {@code completion}. Where nobody reads the stream, it ends the call.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the derived stage has no other use
  public CompletableFuture<Void> follow(CompletableFuture<Void> completion) {
    FollowedFuture<Void> followed = new FollowedFuture<>(completion);
    completion.whenComplete(
        (nothing, thrown) -> {
          if (thrown == null) {
            closeEarly();
            followed.complete(null);
          } else {
            fail(ModelCall.unwrapped(thrown));
            followed.completeExceptionally(thrown);
          }
        });
    return followed;
  }

  /** Makes the observation current while the library works on the stream. */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  public Scope makeCurrent() {
    return call.makeCurrent();
  }

  /**
   * A stream of the same items, as lazy as that of {@code source}; closing it closes that. The same
   * one every time, as libraries have it.
   */
  public Stream<T> observe(Supplier<Stream<T>> source) {
    synchronized (lock) {
      Stream<T> known = stream;
      if (known == null) {
        known = observed(source.get());
        stream = known;
      }
      return known;
    }
  }

  private Stream<T> observed(Stream<T> source) {
    return StreamSupport.stream(() -> items(source), Spliterator.ORDERED, false)
        .onClose(() -> close(source));
  }

  @SuppressWarnings("try") // the scope is the point
  private Spliterator<T> items(Stream<T> source) {
    try (Scope scope = makeCurrent()) {
      return new Observed(source.spliterator());
    } catch (Throwable t) {
      fail(t);
      throw t;
    }
  }

  @SuppressWarnings("try") // the scope is the point
  private void close(Stream<T> source) {
    try (Scope scope = makeCurrent()) {
      source.close();
    } finally {
      closeEarly();
    }
  }

  private final class Observed implements Spliterator<T>, Consumer<T> {

    private final Spliterator<T> source;
    private @Nullable T next;

    Observed(Spliterator<T> source) {
      this.source = source;
    }

    @Override
    public void accept(T item) {
      next = item;
    }

    @Override
    @SuppressWarnings("NullAway") // an item is there when the source found one
    public boolean tryAdvance(Consumer<? super T> consumer) {
      try {
        while (advance()) {
          T item = next;
          next = null;
          if (item(item)) {
            deliver(consumer, item);
            return true;
          }
        }
        complete();
        return false;
      } finally {
        Reference.reachabilityFence(StreamedCall.this);
      }
    }

    /** The library reads inside the observation, the application consumes where it is. */
    @SuppressWarnings("try") // the scope is the point
    private boolean advance() {
      try (Scope scope = makeCurrent()) {
        return source.tryAdvance(this);
      } catch (Throwable t) {
        fail(t);
        throw t;
      }
    }

    /** What the consumer throws is its own failure; it will not ask for more. */
    private void deliver(Consumer<? super T> consumer, T item) {
      try {
        consumer.accept(item);
      } catch (Throwable t) {
        closeEarly();
        throw t;
      }
    }

    @Override
    public @Nullable Spliterator<T> trySplit() {
      return null;
    }

    @Override
    public long estimateSize() {
      return source.estimateSize();
    }

    @Override
    public int characteristics() {
      return ORDERED;
    }
  }
}
