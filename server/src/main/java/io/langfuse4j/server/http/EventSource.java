package io.langfuse4j.server.http;

/** Something that tells connected clients what happens, as server-sent events. */
@FunctionalInterface
public interface EventSource {

  /**
   * A client has connected.
   *
   * @return called once when it is gone
   */
  Runnable connected(EventSink client, String project);
}
