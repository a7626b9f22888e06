package io.langfuse4j.server.store;

import io.langfuse4j.server.model.AnnotationQueue;
import io.langfuse4j.server.model.Comment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps comments and annotation queues. The promises are those of {@link TraceStore}. */
public interface AnnotationStore {
  CompletableFuture<Comment> addComment(String project, Comment comment);

  @Nullable Comment comment(String project, String id);

  /** One page of comments, newest first; null means any. */
  List<Comment> comments(
      String project,
      Comment.@Nullable ObjectType type,
      @Nullable String objectId,
      @Nullable String authorUserId,
      int limit,
      long offset);

  long countComments(
      String project,
      Comment.@Nullable ObjectType type,
      @Nullable String objectId,
      @Nullable String authorUserId);

  /** Adds a queue. Refused if the name is taken. */
  CompletableFuture<AnnotationQueue> addQueue(String project, AnnotationQueue queue);

  @Nullable AnnotationQueue queue(String project, String id);

  /** One page of queues, newest first. */
  List<AnnotationQueue> queues(String project, int limit, long offset);

  long countQueues(String project);

  /** Adds an item, or replaces the one of its id. */
  CompletableFuture<AnnotationQueue.Item> putItem(String project, AnnotationQueue.Item item);

  AnnotationQueue.@Nullable Item item(String project, String queueId, String id);

  /** One page of a queue's items, newest first; null means any status. */
  List<AnnotationQueue.Item> items(
      String project,
      String queueId,
      AnnotationQueue.@Nullable Status status,
      int limit,
      long offset);

  long countItems(String project, String queueId, AnnotationQueue.@Nullable Status status);

  /** Completes with false if there is no such item. */
  CompletableFuture<Boolean> deleteItem(String project, String queueId, String id);
}
