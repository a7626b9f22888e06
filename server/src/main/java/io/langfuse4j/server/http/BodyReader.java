package io.langfuse4j.server.http;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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
 * client that sends nothing for a while is disconnected. Confined to the connection's I/O thread.
 */
final class BodyReader {
  private static final Logger LOGGER = LoggerFactory.getLogger(BodyReader.class);
  private static final int CHUNK = 64 * 1024;
  private static final long PATIENCE_SECONDS = 30;

  private final HttpServerExchange exchange;
  private final long limit;
  private final MemoryBudget.Reservation memory;
  private final Consumer<Body> received;
  private final Consumer<Throwable> failed;
  private final List<byte[]> chunks = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
  private long size;
  private long sizeAtLastCheck = -1;
  private boolean done;
  private XnioExecutor.@Nullable Key timer;

  private BodyReader(
      HttpServerExchange exchange,
      long limit,
      MemoryBudget.Reservation memory,
      Consumer<Body> received,
      Consumer<Throwable> failed) {
    this.exchange = exchange;
    this.limit = limit;
    this.memory = memory;
    this.received = received;
    this.failed = failed;
  }

  /** Calls exactly one of the two, or neither if the client disconnects. */
  static void read(
      HttpServerExchange exchange,
      long limit,
      MemoryBudget.Reservation memory,
      Consumer<Body> received,
      Consumer<Throwable> failed) {
    new BodyReader(exchange, limit, memory, received, failed).start();
  }

  private void start() {
    if (exchange.getRequestContentLength() > limit) {
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
        int count = channel.read(buffer);
        if (count == 0) {
          return;
        }
        if (count < 0) {
          finish(channel);
          received.accept(body());
          return;
        }
        account(count);
        if (!buffer.hasRemaining()) {
          keep();
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

  private void account(int count) {
    size += count;
    if (size > limit) {
      throw tooLarge(limit);
    }
    memory.grow(count);
  }

  private void keep() {
    buffer.flip();
    byte[] chunk = new byte[buffer.remaining()];
    buffer.get(chunk);
    buffer.clear();
    chunks.add(chunk);
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
    timer = exchange.getIoThread().executeAfter(this::check, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void check() {
    if (done) {
      return;
    }
    if (size == sizeAtLastCheck) {
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
