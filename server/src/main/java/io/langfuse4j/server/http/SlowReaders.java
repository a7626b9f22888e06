package io.langfuse4j.server.http;

import io.undertow.server.HttpServerExchange;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/** Disconnects clients that do not read an answer too large to be on its way at once. */
final class SlowReaders {
  /** What the system's own buffers usually take. */
  private static final int WORTH_WATCHING = 64 * 1024;

  private final Patience patience;

  SlowReaders(Patience patience) {
    this.patience = patience;
  }

  void watch(HttpServerExchange exchange, long length) {
    if (length > WORTH_WATCHING) {
      Watch watch = new Watch(exchange);
      exchange.addExchangeCompleteListener(
          (completed, next) -> {
            watch.end();
            next.proceed();
          });
      watch.next();
    }
  }

  /** Ended on any thread, otherwise confined to the connection's I/O thread. */
  private final class Watch {
    private final HttpServerExchange exchange;
    private long sentBefore;
    private volatile boolean ended;
    private volatile XnioExecutor.@Nullable Key timer;

    Watch(HttpServerExchange exchange) {
      this.exchange = exchange;
    }

    void next() {
      timer =
          exchange
              .getIoThread()
              .executeAfter(this::look, patience.window().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
      if (ended) {
        return;
      }
      long sent = exchange.getResponseBytesSent();
      if (patience.exhausted(sentBefore, sent)) {
        IoUtils.safeClose(exchange.getConnection());
      } else {
        sentBefore = sent;
        next();
      }
    }

    void end() {
      ended = true;
      XnioExecutor.Key running = timer;
      if (running != null) {
        running.remove();
      }
    }
  }
}
