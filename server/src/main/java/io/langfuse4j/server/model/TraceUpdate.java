package io.langfuse4j.server.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one span says about its trace. Updates are merged in the order of {@link #timestamp()}:
 * later values win, a value once set is not erased by an absent one, tags are united.
 *
 * @param timestamp start of the span
 * @param name for a root the observation's name unless the trace was named
 * @param metadata JSON object text
 * @param input a string as it was sent; anything else as JSON text
 * @param output likewise
 * @param isPublic null if the span did not say
 */
public record TraceUpdate(
    Kind kind,
    String traceId,
    Instant timestamp,
    String environment,
    @Nullable String name,
    @Nullable String userId,
    @Nullable String sessionId,
    @Nullable String version,
    @Nullable String release,
    @Nullable Boolean isPublic,
    List<String> tags,
    @Nullable String input,
    @Nullable String output,
    String metadata) {

  public TraceUpdate {
    tags = List.copyOf(tags);
  }

  /** Says no more than that the trace exists. */
  public static TraceUpdate firstSight(String traceId, Instant timestamp, String environment) {
    return new TraceUpdate(
        Kind.FIRST_SIGHT,
        traceId,
        timestamp,
        environment,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        null,
        "{}");
  }

  /** How much a span says about its trace. */
  public enum Kind {
    /** From the root span: everything. */
    ROOT,
    /** From another span that carries trace attributes. */
    UPDATE,
    /** Only that the trace exists; ignored if it is already known. */
    FIRST_SIGHT
  }
}
