package io.langfuse4j.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What somebody wrote about something. */
public record Comment(
    String id,
    ObjectType objectType,
    String objectId,
    String content,
    @Nullable String authorUserId,
    Instant createdAt,
    Instant updatedAt) {

  /** What can be commented on. */
  public enum ObjectType {
    TRACE,
    OBSERVATION,
    SESSION,
    PROMPT
  }
}
