package io.langfuse4j.server.http;

import io.undertow.Handlers;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/** Server-sent events over Undertow. */
final class EventStreams {
  private static final long HEARTBEAT_MILLIS = 15_000;

  private EventStreams() {}

  static void open(HttpServerExchange exchange, EventSource source, String project)
      throws Exception {
    Handlers.serverSentEvents(
            (connection, lastEventId) -> {
              connection.setKeepAliveTime(HEARTBEAT_MILLIS);
              Runnable gone = source.connected(new Client(connection), project);
              connection.addCloseTask(channel -> gone.run());
            })
        .handleRequest(exchange);
  }

  private record Client(ServerSentEventConnection connection) implements EventSink {
    @Override
    public void send(String event, String data, Runnable sent) {
      connection.send(data, event, null, new Callback(sent));
    }
  }

  private record Callback(Runnable sent) implements ServerSentEventConnection.EventCallback {
    @Override
    public void done(
        ServerSentEventConnection connection,
        @Nullable String data,
        @Nullable String event,
        @Nullable String id) {
      sent.run();
    }

    @Override
    public void failed(
        ServerSentEventConnection connection,
        @Nullable String data,
        @Nullable String event,
        @Nullable String id,
        IOException e) {
      IoUtils.safeClose(connection);
    }
  }
}
