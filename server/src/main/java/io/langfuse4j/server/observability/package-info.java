/** How the server itself is doing: figures for Prometheus and a log of requests. */
@NullMarked
package io.langfuse4j.server.observability;

import org.jspecify.annotations.NullMarked;
