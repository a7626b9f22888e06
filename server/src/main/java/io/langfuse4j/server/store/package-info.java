/**
 * What the server asks of a place that keeps traces, free of SQL and HTTP. {@link
 * io.langfuse4j.server.store.TraceStore} is the whole contract; every implementation passes the
 * same contract kit. Filters and orders name columns by the ids of Langfuse's own filter language.
 */
@NullMarked
package io.langfuse4j.server.store;

import org.jspecify.annotations.NullMarked;
