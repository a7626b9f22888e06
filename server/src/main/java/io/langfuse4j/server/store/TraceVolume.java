package io.langfuse4j.server.store;

import java.time.Instant;

/**
 * The traces of one interval.
 *
 * @param start of the interval
 * @param errors how many of the traces have an error
 */
public record TraceVolume(Instant start, long traces, long errors) {}
