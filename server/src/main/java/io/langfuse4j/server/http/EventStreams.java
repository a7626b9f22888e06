package io.langfuse4j.server.http;

import io.undertow.Handlers;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/** The open streams of server-sent events. Thread-safe. */
final class EventStreams {
  private static final long HEARTBEAT_MILLIS = 15_000;

  private final Set<ServerSentEventConnection> streams = ConcurrentHashMap.newKeySet();

  void open(HttpServerExchange exchange, EventSource source, String project) throws Exception {
    Handlers.serverSentEvents(
            (connection, lastEventId) -> {
              connection.setKeepAliveTime(HEARTBEAT_MILLIS);
              Runnable gone = source.connected(new Client(connection), project);
              streams.add(connection);
              connection.addCloseTask(
                  channel -> {
                    streams.remove(connection);
                    gone.run();
                  });
            })
        .handleRequest(exchange);
  }

  /** Streams have no end of their own: a server that stops would wait for them. */
  void closeAll() {
    streams.forEach(IoUtils::safeClose);
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
