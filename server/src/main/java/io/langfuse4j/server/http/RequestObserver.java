package io.langfuse4j.server.http;

import java.time.Duration;
import java.util.List;

/** Is told of every request once it is answered or given up. Thread-safe; must not block. */
@FunctionalInterface
public interface RequestObserver {

  void completed(CompletedRequest request);

  /** Tells several in turn. */
  static RequestObserver all(List<RequestObserver> observers) {
    List<RequestObserver> told = List.copyOf(observers);
    return request -> told.forEach(observer -> observer.completed(request));
  }

  /**
   * What may be known of a request: no query, header, body or address, which can be private.
   *
   * @param route the route's path with its placeholders; {@code ui} for the viewer's files and
   *     {@code unknown} for what is not there
   * @param bytes of the answer's body as sent
   */
  record CompletedRequest(String method, String route, int status, Duration took, long bytes) {}
}
