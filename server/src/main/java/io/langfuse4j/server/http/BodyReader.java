package io.langfuse4j.server.http;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * Receives one request body without holding a thread, within a size limit. A client that sends next
 * to nothing is disconnected. Confined to the connection's I/O thread.
 */
final class BodyReader {
  private static final Logger LOGGER = LoggerFactory.getLogger(BodyReader.class);

  private final HttpServerExchange exchange;
  private final long limit;
  private final Patience patience;
  private final Destination destination;
  private final Runnable received;
  private final Consumer<Throwable> failed;
  private final Destination.Flow flow = new OnIoThread();
  private final long announced;
  private @Nullable StreamSourceChannel channel;
  private long size;
  private long sizeAtLastCheck;
  private boolean done;

  /** Whether the destination is busy, which is not the client's fault. */
  private boolean waiting;

  private XnioExecutor.@Nullable Key timer;

  private BodyReader(
      HttpServerExchange exchange,
      long limit,
      Patience patience,
      Destination destination,
      Runnable received,
      Consumer<Throwable> failed) {
    this.exchange = exchange;
    this.limit = limit;
    this.patience = patience;
    this.destination = destination;
    this.received = received;
    this.failed = failed;
    this.announced = exchange.getRequestContentLength();
  }

  /** Calls exactly one of the two, or neither if the client disconnects. */
  static void read(
      HttpServerExchange exchange,
      long limit,
      Patience patience,
      Destination destination,
      Runnable received,
      Consumer<Throwable> failed) {
    new BodyReader(exchange, limit, patience, destination, received, failed).start();
  }

  private void start() {
    if (announced > limit) {
      failed.accept(tooLarge(limit));
      return;
    }
    StreamSourceChannel opened = exchange.getRequestChannel();
    if (opened == null) {
      destination.finish(flow);
      return;
    }
    channel = opened;
    watch();
    opened.getReadSetter().set(this::readable);
    goOn(opened);
  }

  private void goOn(StreamSourceChannel source) {
    readable(source);
    if (!done && !waiting) {
      source.resumeReads();
    }
  }

  private void readable(StreamSourceChannel source) {
    if (done || waiting) {
      return;
    }
    try {
      while (true) {
        ByteBuffer room = destination.room(announced < 0 ? -1 : announced - size, flow);
        if (room == null) {
          waiting = true;
          source.suspendReads();
          return;
        }
        int count = source.read(room);
        if (count == 0) {
          return;
        }
        if (count < 0) {
          end();
          destination.finish(flow);
          return;
        }
        size += count;
        if (size > limit) {
          throw tooLarge(limit);
        }
      }
    } catch (ApiException e) {
      end();
      destination.abandon();
      failed.accept(e);
    } catch (IOException e) {
      LOGGER.debug("A client went away while sending", e);
      disconnect();
    }
  }

  private void end() {
    done = true;
    if (channel != null) {
      channel.suspendReads();
      channel.getReadSetter().set(null);
    }
    if (timer != null) {
      timer.remove();
    }
  }

  private void disconnect() {
    end();
    destination.abandon();
    IoUtils.safeClose(exchange.getConnection());
  }

  private void watch() {
    timer =
        exchange
            .getIoThread()
            .executeAfter(this::check, patience.window().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void check() {
    if (done) {
      return;
    }
    if (!waiting && patience.exhausted(sizeAtLastCheck, size)) {
      disconnect();
      return;
    }
    sizeAtLastCheck = size;
    watch();
  }

  /** A destination may come back from elsewhere. */
  private final class OnIoThread implements Destination.Flow {
    @Override
    public void resume() {
      exchange
          .getIoThread()
          .execute(
              () -> {
                waiting = false;
                if (!done && channel != null) {
                  goOn(channel);
                }
              });
    }

    @Override
    public void finished() {
      if (exchange.isInIoThread()) {
        received.run();
      } else {
        exchange.getIoThread().execute(received);
      }
    }

    @Override
    public void failed(Throwable cause) {
      exchange
          .getIoThread()
          .execute(
              () -> {
                end();
                failed.accept(cause);
              });
    }
  }

  static ApiException tooLarge(long limit) {
    return ApiException.of(413, "Request body exceeds " + limit + " bytes", "PayloadTooLarge");
  }
}
