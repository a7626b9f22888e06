package io.langfuse4j.server.otlp;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One span with what it inherits from its resource and scope.
 *
 * @param resource attributes of the resource
 * @param parentId null for a root
 * @param startTime null if absent or unusable; whole milliseconds
 * @param endTime likewise
 * @param statusCode 2 is an error; 0 if absent or not a number
 * @param statusMessage null if absent or empty
 */
public record OtlpSpan(
    Attributes resource,
    Scope scope,
    String traceId,
    String spanId,
    @Nullable String parentId,
    String name,
    @Nullable Instant startTime,
    @Nullable Instant endTime,
    int statusCode,
    @Nullable String statusMessage,
    Attributes attributes,
    List<Event> events) {

  public OtlpSpan {
    events = List.copyOf(events);
  }

  /** Who made the span. Name and version are null if absent or empty. */
  public record Scope(@Nullable String name, @Nullable String version, Attributes attributes) {
    static final Scope NONE = new Scope(null, null, Attributes.NONE);
  }

  /** Something that happened during the span; its time is of no use to anybody here. */
  public record Event(String name, Attributes attributes) {}
}
