/**
 * The one thread that writes, and what a group of writes does to the rows of traces, observations
 * and scores. How those rows are read back stands beside how they are written.
 */
@NullMarked
package io.langfuse4j.server.store.sqlite.writing;

import org.jspecify.annotations.NullMarked;
