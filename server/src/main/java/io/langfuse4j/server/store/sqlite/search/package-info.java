/**
 * Full-text search: the index in its own file, fed behind the writer, and the conditions that it
 * answers. {@link io.langfuse4j.server.store.sqlite.search.TraceConditions} is the way in for
 * reads.
 */
@NullMarked
package io.langfuse4j.server.store.sqlite.search;

import org.jspecify.annotations.NullMarked;
