package io.langfuse4j.server.store;

/**
 * How much is stored.
 *
 * @param bytes size on disk, write-ahead log included
 */
public record StoreStatistics(long traces, long observations, long bytes) {}
