package io.langfuse4j.api;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Carries one request to a Langfuse server and its answer back: the address, the keys and the HTTP
 * client are its business. Implemented by the SDK; an application implements it to answer requests
 * itself, in a test for example.
 *
 * <p>Implementations are thread-safe.
 */
@FunctionalInterface
public interface Transport {

  /**
   * Sends a request once.
   *
   * @param path percent-encoded, with the query
   * @param body JSON in UTF-8; null for none
   * @param timeout for the answer; null for the client's
   * @return the answer, whatever its status
   * @throws IOException if there was none
   */
  ApiResponse send(String method, String path, byte @Nullable [] body, @Nullable Duration timeout)
      throws IOException, InterruptedException;
}
