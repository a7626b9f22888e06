package io.langfuse4j.server.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people are to look at, and which scores they are to give. */
public record AnnotationQueue(
    String id,
    String name,
    @Nullable String description,
    List<String> scoreConfigIds,
    Instant createdAt,
    Instant updatedAt) {

  public AnnotationQueue {
    scoreConfigIds = List.copyOf(scoreConfigIds);
  }

  /** One thing to look at. */
  public record Item(
      String id,
      String queueId,
      String objectId,
      ObjectType objectType,
      Status status,
      @Nullable Instant completedAt,
      Instant createdAt,
      Instant updatedAt) {}

  /** What can be looked at. */
  public enum ObjectType {
    TRACE,
    OBSERVATION,
    SESSION
  }

  /** Whether somebody has. */
  public enum Status {
    PENDING,
    COMPLETED
  }
}
