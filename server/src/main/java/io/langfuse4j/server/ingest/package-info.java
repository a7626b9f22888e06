/**
 * The way of an export from the connection to the store: straight, or through a journal on disk
 * when more comes than the store can take at once. What is acknowledged is on disk either way.
 */
@NullMarked
package io.langfuse4j.server.ingest;

import org.jspecify.annotations.NullMarked;
