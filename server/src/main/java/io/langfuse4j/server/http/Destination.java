package io.langfuse4j.server.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Where a body goes while it comes. Called on the connection's I/O thread, and must not block. */
interface Destination {

  /** How the sender goes on; called from any thread. */
  interface Flow {
    /** There is room again. */
    void resume();

    /** All of the body is where it should be. */
    void finished();

    /** It cannot be kept; the destination has nothing of it any more. */
    void failed(Throwable cause);
  }

  /**
   * Room for more; null if the sender must wait for the flow to resume.
   *
   * @param expected what is still to come; negative if that is not known
   * @throws ApiException if there is none
   */
  @Nullable ByteBuffer room(long expected, Flow flow);

  /** Nothing more comes: finishes the flow, or fails it. */
  void finish(Flow flow);

  /** What came is of no use. */
  void abandon();
}
