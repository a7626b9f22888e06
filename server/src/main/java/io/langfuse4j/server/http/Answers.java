package io.langfuse4j.server.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.nio.ByteBuffer;
import org.xnio.IoUtils;

/** Sends answers, and looks after those whose readers are slow. Thread-safe. */
final class Answers {
  private final SlowReaders slowReaders;

  Answers(Patience patience) {
    this.slowReaders = new SlowReaders(patience);
  }

  /** An answer may wait long for its reader, and takes memory until then. */
  static Response within(Request request, Response response) {
    Response.Stream stream = response.stream();
    try {
      request.memory().cover(stream == null ? response.body().length : StreamSender.PIECE);
      return response;
    } catch (ApiException e) {
      if (stream != null) {
        IoUtils.safeClose(stream.source());
      }
      return e.response();
    }
  }

  /** Sends nothing where an answer has begun already. */
  void send(HttpServerExchange exchange, Response response) {
    Response.Stream stream = response.stream();
    if (exchange.isResponseStarted()) {
      if (stream != null) {
        IoUtils.safeClose(stream.source());
      }
      return;
    }
    exchange.setStatusCode(response.status());
    response
        .headers()
        .forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    if (stream != null && exchange.getRequestMethod().equals(Methods.HEAD)) {
      IoUtils.safeClose(stream.source());
      exchange.setResponseContentLength(stream.length());
      exchange.endExchange();
    } else if (stream != null) {
      slowReaders.watch(exchange, stream.length());
      StreamSender.send(exchange, stream);
    } else if (response.status() == 304 || response.body().length == 0) {
      exchange.endExchange();
    } else {
      slowReaders.watch(exchange, response.body().length);
      exchange.getResponseSender().send(ByteBuffer.wrap(response.body()));
    }
  }
}
