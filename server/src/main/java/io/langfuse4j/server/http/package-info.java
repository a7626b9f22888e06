/**
 * The HTTP side, free of Langfuse: a table of routes, requests and responses as plain values, one
 * place that turns failures into answers, limits on what a client may make the server hold, server
 * sent events, and the viewer's files. Only this package knows which HTTP server is underneath.
 */
@NullMarked
package io.langfuse4j.server.http;

import org.jspecify.annotations.NullMarked;
