/**
 * The embedded store: one SQLite database in one folder. One thread writes, in groups that share a
 * commit to disk; a few connections read beside it. Narrow tables answer lists, compressed content
 * lies apart. Nothing outside this package and those within it knows that it is SQLite. Here is the
 * store as a whole, and its reads of traces, observations and scores; the rooms below it know
 * nothing of it.
 */
@NullMarked
package io.langfuse4j.server.store.sqlite;

import org.jspecify.annotations.NullMarked;
