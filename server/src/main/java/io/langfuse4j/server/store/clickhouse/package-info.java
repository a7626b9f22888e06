/**
 * Traces, observations and scores in ClickHouse, spoken to over HTTP; the rest stays in the
 * embedded store of the server's data folder. See {@code docs/decisions/0054-clickhouse-store.md}.
 */
@NullMarked
package io.langfuse4j.server.store.clickhouse;

import org.jspecify.annotations.NullMarked;
