package io.langfuse4j.server.http;

import java.time.Duration;

/**
 * How slow a client may be while it sends or is sent a body: looked at every so often, at least 240
 * bytes per second must have moved since. Who is slower is disconnected, since what it holds cannot
 * serve others.
 */
record Patience(Duration window) {
  private static final long LEAST_PER_SECOND = 240;

  boolean exhausted(long bytesBefore, long bytesNow) {
    return bytesNow - bytesBefore < LEAST_PER_SECOND * window.toMillis() / 1_000;
  }
}
