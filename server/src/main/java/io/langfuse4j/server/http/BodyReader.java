package io.langfuse4j.server.http;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * Receives one request body without holding a thread, within a size limit and the memory budget. A
 * client that sends next to nothing is disconnected. Confined to the connection's I/O thread.
 */
final class BodyReader {
  private static final Logger LOGGER = LoggerFactory.getLogger(BodyReader.class);
  private static final int CHUNK = 64 * 1024;

  private final HttpServerExchange exchange;
  private final long limit;
  private final Patience patience;
  private final MemoryBudget.Reservation memory;
  private final Consumer<Body> received;
  private final Consumer<Throwable> failed;
  private final List<byte[]> chunks = new ArrayList<>();
  private final long announced;
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private long size;
  private long sizeAtLastCheck;
  private boolean done;
  private XnioExecutor.@Nullable Key timer;

  private BodyReader(
      HttpServerExchange exchange,
      long limit,
      Patience patience,
      MemoryBudget.Reservation memory,
      Consumer<Body> received,
      Consumer<Throwable> failed) {
    this.exchange = exchange;
    this.limit = limit;
    this.patience = patience;
    this.memory = memory;
    this.received = received;
    this.failed = failed;
    this.announced = exchange.getRequestContentLength();
  }

  /** Calls exactly one of the two, or neither if the client disconnects. */
  static void read(
      HttpServerExchange exchange,
      long limit,
      Patience patience,
      MemoryBudget.Reservation memory,
      Consumer<Body> received,
      Consumer<Throwable> failed) {
    new BodyReader(exchange, limit, patience, memory, received, failed).start();
  }

  private void start() {
    if (announced > limit) {
      failed.accept(tooLarge(limit));
      return;
    }
    StreamSourceChannel channel = exchange.getRequestChannel();
    if (channel == null) {
      received.accept(Body.EMPTY);
      return;
    }
    watch();
    channel.getReadSetter().set(this::readable);
    readable(channel);
    if (!done) {
      channel.resumeReads();
    }
  }

  private void readable(StreamSourceChannel channel) {
    if (done) {
      return;
    }
    try {
      while (true) {
        if (!buffer.hasRemaining()) {
          keep();
          buffer = nextBuffer();
        }
        int count = channel.read(buffer);
        if (count == 0) {
          return;
        }
        if (count < 0) {
          finish(channel);
          received.accept(body());
          return;
        }
        size += count;
        if (size > limit) {
          throw tooLarge(limit);
        }
      }
    } catch (ApiException e) {
      finish(channel);
      chunks.clear();
      failed.accept(e);
    } catch (IOException e) {
      finish(channel);
      LOGGER.debug("A client went away while sending", e);
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  /** As large as what is still to come, so that many small requests do not hold much. */
  private ByteBuffer nextBuffer() {
    long expected = announced < 0 ? CHUNK : Math.max(1, announced - size);
    int capacity = (int) Math.min(CHUNK, expected);
    memory.grow(capacity);
    return ByteBuffer.allocate(capacity);
  }

  private void keep() {
    if (buffer.position() > 0) {
      byte[] bytes = buffer.array();
      chunks.add(buffer.hasRemaining() ? Arrays.copyOf(bytes, buffer.position()) : bytes);
    }
  }

  private Body body() {
    keep();
    return new Body(chunks);
  }

  private void finish(StreamSourceChannel channel) {
    done = true;
    channel.suspendReads();
    channel.getReadSetter().set(null);
    if (timer != null) {
      timer.remove();
    }
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
    if (patience.exhausted(sizeAtLastCheck, size)) {
      done = true;
      IoUtils.safeClose(exchange.getConnection());
      return;
    }
    sizeAtLastCheck = size;
    watch();
  }

  static ApiException tooLarge(long limit) {
    return ApiException.of(413, "Request body exceeds " + limit + " bytes", "PayloadTooLarge");
  }
}
