package io.langfuse4j.internal.export;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Takes a batch to its destination. Called by one thread at a time.
 *
 * @param <T> what is sent
 */
public interface BatchSender<T> extends AutoCloseable {

  /**
   * Sends the batch, retrying as it sees fit, and counts each item as sent or lost. Blocks until
   * the outcome is known. Must not throw for anything the network does.
   *
   * @param batch not empty
   */
  void send(List<T> batch);

  /**
   * Delivers what this sender holds back, if it holds anything back.
   *
   * @return completes with true once nothing that was sent before this call is held back
   */
  default CompletableFuture<Boolean> flush() {
    return CompletableFuture.completedFuture(true);
  }

  /** Makes a {@link #send} that waits for a retry give up after one more attempt. */
  void hurry();

  @Override
  void close();
}
