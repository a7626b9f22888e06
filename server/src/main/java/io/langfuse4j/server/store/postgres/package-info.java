/**
 * Metadata in PostgreSQL, which several servers share: connections, transactions that keep servers
 * out of one another's way, and noticing what another server has changed. The statements are those
 * of {@link io.langfuse4j.server.store.sql}.
 */
@NullMarked
package io.langfuse4j.server.store.postgres;

import org.jspecify.annotations.NullMarked;
