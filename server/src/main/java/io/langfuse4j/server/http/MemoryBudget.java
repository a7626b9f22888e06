package io.langfuse4j.server.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What requests may hold in memory together: bodies as received, as expanded, waiting to be stored,
 * and answers on their way. Thread-safe.
 */
public final class MemoryBudget {
  private final AtomicLong left;

  public MemoryBudget(long bytes) {
    left = new AtomicLong(bytes);
  }

  Reservation reservation() {
    return new Reservation(left);
  }

  long left() {
    return left.get();
  }

  /** One request's share. Confined to the request, closed once when it is answered. */
  public static final class Reservation implements AutoCloseable {
    private final AtomicLong left;
    private final AtomicLong held = new AtomicLong();

    private Reservation(AtomicLong left) {
      this.left = left;
    }

    /** Takes more, or throws the answer that tells the client to come back. */
    public void grow(long bytes) {
      if (left.addAndGet(-bytes) < 0) {
        left.addAndGet(bytes);
        throw ApiException.with(
            "Too many unfinished requests",
            Response.error(
                    429,
                    "The server holds as many unfinished requests as it can. Try again.",
                    "TooManyRequests")
                .header("Retry-After", "1"));
      }
      held.addAndGet(bytes);
    }

    /** Takes more if less than this is held. */
    void cover(long bytes) {
      long missing = bytes - held.get();
      if (missing > 0) {
        grow(missing);
      }
    }

    @Override
    public void close() {
      left.addAndGet(held.getAndSet(0));
    }
  }
}
