package io.langfuse4j.internal.export;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;

/** Takes a batch to its destination. Called by one thread at a time. */
public interface BatchSender extends AutoCloseable {

  /**
   * Sends the spans, retrying as it sees fit, and counts each as sent or lost. Blocks until the
   * outcome is known. Must not throw for anything the network does.
   *
   * @param spans not empty
   */
  void send(List<SpanData> spans);

  /** Makes a {@link #send} that waits for a retry give up after one more attempt. */
  void hurry();

  @Override
  void close();
}
