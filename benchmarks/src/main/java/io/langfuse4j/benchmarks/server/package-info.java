/**
 * Load on the server: what it takes in beside Zipkin's server, and how it answers once much is
 * stored. Programs that talk HTTP to a server that is already running and print a table.
 */
@NullMarked
package io.langfuse4j.benchmarks.server;

import org.jspecify.annotations.NullMarked;
