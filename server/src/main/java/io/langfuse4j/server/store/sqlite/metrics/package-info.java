/**
 * Figures over very many rows, read in slices of time by several connections at once and put
 * together from the parts.
 */
@NullMarked
package io.langfuse4j.server.store.sqlite.metrics;

import org.jspecify.annotations.NullMarked;
