package io.langfuse4j.instrumentation;

import io.opentelemetry.context.Scope;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the result of a traced call: recorded if it is the answer, replaced by something
 * of the same type that is followed if the answer is still to come. A library's integration says
 * which is which, because what is replaced has types of the library.
 *
 * <p>Thread-safe.
 */
public abstract class FollowedResult {

  private final ModelCall call;

  /** For implementations. */
  protected FollowedResult(ModelCall call) {
    this.call = call;
  }

  /**
   * What stands for {@code result} and will end the call; null if {@code result} is the answer
   * itself.
   */
  protected abstract @Nullable Object replacement(Object result);

  /** Describes what the library answered. */
  protected abstract void describe(ModelResponse response, Object answer);

  /** Ends the call as failed, with what the library knows of the reason. */
  protected abstract void fail(Throwable thrown);

  /** The call whose result it is. */
  protected final ModelCall call() {
    return call;
  }

  /** What the application gets in the place of {@code result}. */
  @SuppressWarnings("FutureReturnValueIgnored") // it is the result
  public final @Nullable Object of(@Nullable Object result) {
    return result instanceof CompletableFuture<?> future
        ? call.follow(future, this::available, this::fail)
        : available(result);
  }

  /** What cannot be followed is given to the application as it is. */
  private @Nullable Object available(@Nullable Object result) {
    if (result == null) {
      call.succeed();
      return null;
    }
    try {
      Object replacement = replacement(result);
      if (replacement == null) {
        call.succeed(response -> describe(response, result));
      }
      return replacement == null ? result : replacement;
    } catch (RuntimeException | LinkageError e) {
      call.succeed();
      return result;
    }
  }

  /** Follows a stream of the library's. */
  protected final <T> StreamedCall<T> streamed(StreamedAnswer<? super T> answer) {
    return new StreamedCall<>(call, answer, this::fail);
  }

  /** Follows a raw response of the library's. */
  protected final <T> Raw<T> raw(Supplier<T> parse) {
    Raw<T> raw = new Raw<>(this, parse);
    call.watch(raw);
    return raw;
  }

  /**
   * A response that the library hands out as it came. The call ends when its answer is parsed,
   * once; what the application reads from the body itself is not recorded, the call then ends at
   * the close. What stands for the library's response must hold it, because it is what is watched
   * for being forgotten.
   *
   * @param <T> the answer
   */
  public static final class Raw<T> {

    private final FollowedResult result;
    private final Supplier<T> parse;
    private final Object lock = new Object();
    private @Nullable T parsed;

    private Raw(FollowedResult result, Supplier<T> parse) {
      this.result = result;
      this.parse = parse;
    }

    /** The answer; the same one every time. */
    @SuppressWarnings({"unchecked", "NullAway"}) // what replaces a stream is one of the same items
    public T parse() {
      synchronized (lock) {
        T known = parsed;
        if (known == null) {
          known = (T) result.available(parsedByLibrary());
          parsed = known;
        }
        return known;
      }
    }

    @SuppressWarnings("try") // the scope is the point
    private T parsedByLibrary() {
      try (Scope scope = result.call.makeCurrent()) {
        return parse.get();
      } catch (Throwable t) {
        result.fail(t);
        throw t;
      }
    }

    /**
     * Closes the library's response.
     *
     * @param status of the response, in HTTP's numbers
     */
    public void close(Runnable close, IntSupplier status) {
      try {
        close.run();
      } finally {
        result.call.succeed(closed -> closed.metadata("http_status", status.getAsInt()));
      }
    }
  }
}
