package io.langfuse4j.server.http;

/** One connected client of an event stream. */
public interface EventSink {

  /**
   * Sends one event. The caller waits for {@code sent} before sending the next one, which bounds
   * what a slow client can make the server hold.
   *
   * @param sent called when the event has left, on an I/O thread; never if the client is gone
   */
  void send(String event, String data, Runnable sent);
}
