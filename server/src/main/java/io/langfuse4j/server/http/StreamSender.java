package io.langfuse4j.server.http;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends an answer piece by piece: a thread is held while the next piece is read, none while the
 * client takes it. An answer that cannot be completed ends with its connection, which is how
 * clients know. Either the thread that reads has the piece, or the connection's I/O thread, which
 * alone touches the connection.
 */
final class StreamSender {
  /** What an answer holds in memory. */
  static final int PIECE = 256 * 1024;

  private static final Logger LOGGER = LoggerFactory.getLogger(StreamSender.class);

  private final HttpServerExchange exchange;
  private final Response.Stream stream;
  private final StreamSinkChannel channel;
  private final ByteBuffer piece;
  private long left;

  private StreamSender(HttpServerExchange exchange, Response.Stream stream) {
    this.exchange = exchange;
    this.stream = stream;
    this.channel = exchange.getResponseChannel();
    this.left = stream.length();
    this.piece = ByteBuffer.allocate((int) Math.min(PIECE, Math.max(1, left)));
  }

  /** Closes the stream when it is sent, or cannot be. */
  static void send(HttpServerExchange exchange, Response.Stream stream) {
    exchange.setResponseContentLength(stream.length());
    new StreamSender(exchange, stream).next();
  }

  private void next() {
    exchange
        .getConnection()
        .getWorker()
        .execute(
            () -> {
              try {
                stream.reading().execute(this::read);
              } catch (RuntimeException e) {
                giveUp(e);
              }
            });
  }

  private void read() {
    try {
      int wanted = (int) Math.min(piece.capacity(), left);
      if (stream.source().readNBytes(piece.array(), 0, wanted) < wanted) {
        throw new IOException(left + " bytes were left, and there are fewer");
      }
      left -= wanted;
      piece.position(0).limit(wanted);
      exchange.getIoThread().execute(() -> write(channel));
    } catch (IOException | RuntimeException e) {
      giveUp(e);
    }
  }

  private void write(StreamSinkChannel sink) {
    try {
      while (piece.hasRemaining()) {
        if (sink.write(piece) == 0) {
          sink.getWriteSetter().set(this::write);
          sink.resumeWrites();
          return;
        }
      }
    } catch (IOException e) {
      LOGGER.debug("A client went away while it was sent a file", e);
      close();
      return;
    }
    sink.suspendWrites();
    sink.getWriteSetter().set(null);
    if (left > 0) {
      next();
    } else {
      IoUtils.safeClose(stream.source());
      exchange.endExchange();
    }
  }

  private void giveUp(Exception cause) {
    LOGGER.warn("A file could not be sent to its end", cause);
    close();
  }

  private void close() {
    IoUtils.safeClose(stream.source());
    IoUtils.safeClose(exchange.getConnection());
  }
}
