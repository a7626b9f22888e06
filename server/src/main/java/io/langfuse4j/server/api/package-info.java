/**
 * Langfuse's public API: ingest and reads, with the field names, pagination and error bodies of the
 * running server. {@link io.langfuse4j.server.api.PublicApi} is the table of its routes.
 */
@NullMarked
package io.langfuse4j.server.api;

import org.jspecify.annotations.NullMarked;
