package io.langfuse4j.conformance.services;

/** A way to call. */
enum Caller {
  JDK(false, true),
  OKHTTP(false, true),
  REST_CLIENT(true, false),
  REST_CLIENT_TO_HOSTS(true, true),
  WEB_CLIENT(true, false),
  WEB_CLIENT_TO_HOSTS(true, true);

  /** Whether the client makes a span of its own for the request. */
  final boolean traced;

  /** Whether our propagator is told the host. */
  final boolean knowsHost;

  Caller(boolean traced, boolean knowsHost) {
    this.traced = traced;
    this.knowsHost = knowsHost;
  }
}
