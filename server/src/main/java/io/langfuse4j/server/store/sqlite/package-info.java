/**
 * The embedded store: one SQLite database in one folder. One thread writes, in groups that share a
 * commit to disk; a few connections read beside it. Narrow tables answer lists, compressed content
 * lies apart. Nothing outside this package knows that it is SQLite.
 */
@NullMarked
package io.langfuse4j.server.store.sqlite;

import org.jspecify.annotations.NullMarked;
