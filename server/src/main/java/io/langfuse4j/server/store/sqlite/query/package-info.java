/** How a query becomes SQL over these tables: its conditions, the dialect, and what runs it. */
@NullMarked
package io.langfuse4j.server.store.sqlite.query;

import org.jspecify.annotations.NullMarked;
