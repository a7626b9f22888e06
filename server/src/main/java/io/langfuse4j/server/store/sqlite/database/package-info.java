/**
 * The file, its schema and the connections to it: one that writes, a few that read, and teams of
 * those that read one snapshot together. What the tables are for is not known here.
 */
@NullMarked
package io.langfuse4j.server.store.sqlite.database;

import org.jspecify.annotations.NullMarked;
