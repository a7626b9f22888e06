package io.langfuse4j.server.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers requests of one route. Called on a worker thread, for many requests at once. */
@FunctionalInterface
public interface Handler {
  CompletionStage<Response> handle(Request request) throws Exception;

  /** For handlers that have their answer when they return. */
  static Handler blocking(Blocking handler) {
    return request -> CompletableFuture.completedFuture(handler.handle(request));
  }

  /** A handler that has its answer when it returns. */
  @FunctionalInterface
  interface Blocking {
    Response handle(Request request) throws Exception;
  }
}
