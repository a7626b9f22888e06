package io.langfuse4j.server.store.sql;

import io.langfuse4j.server.model.AnnotationQueue;
import io.langfuse4j.server.model.Comment;
import io.langfuse4j.server.store.AnnotationStore;
import io.langfuse4j.server.store.RefusedException;
import io.langfuse4j.server.store.RefusedException.Reason;
import io.langfuse4j.server.store.common.JsonText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Comments and annotation queues in tables of those names. Thread-safe. */
final class SqlAnnotationStore implements AnnotationStore {
  private static final String INSERT_COMMENT =
      "INSERT INTO comment (project, id, object_type, object_id, content, author_user_id,"
          + " created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String INSERT_QUEUE =
      "INSERT INTO annotation_queue (project, id, name, description, score_config_ids, created_at,"
          + " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String PUT_ITEM =
      "INSERT INTO annotation_queue_item (project, queue_id, id, object_id, object_type, status,"
          + " completed_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (id, project) DO UPDATE SET status = excluded.status,"
          + " completed_at = excluded.completed_at, updated_at = excluded.updated_at";
  private static final String DELETE_ITEM =
      "DELETE FROM annotation_queue_item WHERE id = ? AND project = ? AND queue_id = ?";
  private static final String NEWEST = "ORDER BY a.created_at DESC, a.pk DESC LIMIT ? OFFSET ?";

  private final SqlDatabase database;

  SqlAnnotationStore(SqlDatabase database) {
    this.database = database;
  }

  @Override
  public CompletableFuture<Comment> addComment(String project, Comment comment) {
    return database.write(
        project,
        1_000L + 2L * comment.content().length(),
        (transaction, key) -> {
          transaction.execute(
              INSERT_COMMENT,
              key,
              comment.id(),
              comment.objectType().name(),
              comment.objectId(),
              comment.content(),
              comment.authorUserId(),
              comment.createdAt(),
              comment.updatedAt());
          return comment;
        });
  }

  @Override
  public @Nullable Comment comment(String project, String id) {
    return one(
        "SELECT * FROM comment a", of(project).and("a.id = ?", id), SqlAnnotationStore::comment);
  }

  @Override
  public List<Comment> comments(
      String project,
      Comment.@Nullable ObjectType type,
      @Nullable String objectId,
      @Nullable String authorUserId,
      int limit,
      long offset) {
    return page(
        "SELECT * FROM comment a",
        comments(project, type, objectId, authorUserId),
        SqlAnnotationStore::comment,
        limit,
        offset);
  }

  @Override
  public long countComments(
      String project,
      Comment.@Nullable ObjectType type,
      @Nullable String objectId,
      @Nullable String authorUserId) {
    return count("SELECT count(*) FROM comment a", comments(project, type, objectId, authorUserId));
  }

  private static Conditions comments(
      String project,
      Comment.@Nullable ObjectType type,
      @Nullable String objectId,
      @Nullable String authorUserId) {
    return of(project)
        .andIfGiven("a.object_type = ?", type == null ? null : type.name())
        .andIfGiven("a.object_id = ?", objectId)
        .andIfGiven("a.author_user_id = ?", authorUserId);
  }

  @Override
  public CompletableFuture<AnnotationQueue> addQueue(String project, AnnotationQueue queue) {
    return database.write(
        project,
        1_000,
        (transaction, key) -> {
          int added =
              transaction.execute(
                  INSERT_QUEUE,
                  key,
                  queue.id(),
                  queue.name(),
                  queue.description(),
                  JsonText.write(queue.scoreConfigIds()),
                  queue.createdAt(),
                  queue.updatedAt());
          if (added == 0) {
            throw new RefusedException(
                Reason.INVALID, "A queue with this name already exists in the project");
          }
          return queue;
        });
  }

  @Override
  public @Nullable AnnotationQueue queue(String project, String id) {
    return one(
        "SELECT * FROM annotation_queue a",
        of(project).and("a.id = ?", id),
        SqlAnnotationStore::queue);
  }

  @Override
  public List<AnnotationQueue> queues(String project, int limit, long offset) {
    return page(
        "SELECT * FROM annotation_queue a", of(project), SqlAnnotationStore::queue, limit, offset);
  }

  @Override
  public long countQueues(String project) {
    return count("SELECT count(*) FROM annotation_queue a", of(project));
  }

  @Override
  public CompletableFuture<AnnotationQueue.Item> putItem(
      String project, AnnotationQueue.Item item) {
    return database.write(
        project,
        1_000,
        (transaction, key) -> {
          transaction.execute(
              PUT_ITEM,
              key,
              item.queueId(),
              item.id(),
              item.objectId(),
              item.objectType().name(),
              item.status().name(),
              item.completedAt(),
              item.createdAt(),
              item.updatedAt());
          return item;
        });
  }

  @Override
  public AnnotationQueue.@Nullable Item item(String project, String queueId, String id) {
    return one(
        "SELECT * FROM annotation_queue_item a",
        items(project, queueId, null).and("a.id = ?", id),
        SqlAnnotationStore::item);
  }

  @Override
  public List<AnnotationQueue.Item> items(
      String project,
      String queueId,
      AnnotationQueue.@Nullable Status status,
      int limit,
      long offset) {
    return page(
        "SELECT * FROM annotation_queue_item a",
        items(project, queueId, status),
        SqlAnnotationStore::item,
        limit,
        offset);
  }

  @Override
  public long countItems(String project, String queueId, AnnotationQueue.@Nullable Status status) {
    return count("SELECT count(*) FROM annotation_queue_item a", items(project, queueId, status));
  }

  private static Conditions items(
      String project, String queueId, AnnotationQueue.@Nullable Status status) {
    return of(project)
        .and("a.queue_id = ?", queueId)
        .andIfGiven("a.status = ?", status == null ? null : status.name());
  }

  @Override
  public CompletableFuture<Boolean> deleteItem(String project, String queueId, String id) {
    return database.write(
        project,
        100,
        (transaction, key) -> transaction.execute(DELETE_ITEM, id, key, queueId) == 1);
  }

  private static Conditions of(String project) {
    return Conditions.of(project, "a.project");
  }

  private <T> @Nullable T one(String select, Conditions conditions, RowMapper<T> mapper) {
    return database.find(session -> conditions.first(session, select, mapper));
  }

  private <T> List<T> page(
      String select, Conditions conditions, RowMapper<T> mapper, int limit, long offset) {
    return database.read(
        session -> conditions.list(session, select, NEWEST, mapper, limit, offset));
  }

  private long count(String select, Conditions conditions) {
    return database.read(session -> conditions.count(session, select));
  }

  private static Comment comment(ResultSet row) throws SQLException {
    return new Comment(
        Rows.required(row, "id"),
        Comment.ObjectType.valueOf(Rows.required(row, "object_type")),
        Rows.required(row, "object_id"),
        Rows.required(row, "content"),
        Rows.text(row, "author_user_id"),
        Rows.requiredInstant(row, "created_at"),
        Rows.requiredInstant(row, "updated_at"));
  }

  private static AnnotationQueue queue(ResultSet row) throws SQLException {
    return new AnnotationQueue(
        Rows.required(row, "id"),
        Rows.required(row, "name"),
        Rows.text(row, "description"),
        JsonText.strings(Rows.required(row, "score_config_ids")),
        Rows.requiredInstant(row, "created_at"),
        Rows.requiredInstant(row, "updated_at"));
  }

  private static AnnotationQueue.Item item(ResultSet row) throws SQLException {
    return new AnnotationQueue.Item(
        Rows.required(row, "id"),
        Rows.required(row, "queue_id"),
        Rows.required(row, "object_id"),
        AnnotationQueue.ObjectType.valueOf(Rows.required(row, "object_type")),
        AnnotationQueue.Status.valueOf(Rows.required(row, "status")),
        Rows.instant(row, "completed_at"),
        Rows.requiredInstant(row, "created_at"),
        Rows.requiredInstant(row, "updated_at"));
  }
}
