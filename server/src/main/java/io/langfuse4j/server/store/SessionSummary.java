package io.langfuse4j.server.store;

import java.time.Instant;

/**
 * A session: the traces that carry its id.
 *
 * @param createdAt timestamp of its first trace
 * @param environment that of its newest trace
 */
public record SessionSummary(String id, Instant createdAt, String environment) {}
