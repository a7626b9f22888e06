package io.langfuse4j.server.store;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps a store from growing without end. Thread-safe. */
public interface RetentionStore {

  /**
   * Deletes the oldest traces of all projects, with everything that belongs to them.
   *
   * @param before only traces with an earlier timestamp; null for any
   * @param most how many at most
   * @return completes with the number deleted when durable
   */
  CompletableFuture<Integer> deleteOldest(@Nullable Instant before, int most);

  /** What the store would occupy without the space that deletions have left. */
  long liveBytes();

  /** Gives some of the space that deletions have left back to the disk. */
  CompletableFuture<Void> shrink();
}
