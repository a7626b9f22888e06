package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.model.AnnotationQueue;
import io.langfuse4j.server.model.Comment;
import io.langfuse4j.server.store.AnnotationStore;
import io.langfuse4j.server.store.RefusedException;
import io.langfuse4j.server.store.RefusedException.Reason;
import io.langfuse4j.server.store.common.JsonText;
import io.langfuse4j.server.store.sql.RowMapper;
import io.langfuse4j.server.store.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Comments and annotation queues in tables of those names. Thread-safe. */
final class SqliteAnnotationStore implements AnnotationStore {
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

  private final Readers readers;
  private final GroupCommitter committer;

  SqliteAnnotationStore(Readers readers, GroupCommitter committer) {
    this.readers = readers;
    this.committer = committer;
  }

  @Override
  public CompletableFuture<Comment> addComment(String project, Comment comment) {
    return committer.submit(
        1_000L + 2L * comment.content().length(),
        transaction -> {
          transaction
              .statements()
              .execute(
                  INSERT_COMMENT,
                  transaction.project(project),
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
        "SELECT * FROM comment a", of(project).and("a.id = ?", id), SqliteAnnotationStore::comment);
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
        SqliteAnnotationStore::comment,
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

  private static Where comments(
      String project,
      Comment.@Nullable ObjectType type,
      @Nullable String objectId,
      @Nullable String authorUserId) {
    Where where = of(project);
    and(where, "a.object_type = ?", type == null ? null : type.name());
    and(where, "a.object_id = ?", objectId);
    and(where, "a.author_user_id = ?", authorUserId);
    return where;
  }

  @Override
  public CompletableFuture<AnnotationQueue> addQueue(String project, AnnotationQueue queue) {
    return committer.submit(
        1_000,
        transaction -> {
          int added =
              transaction
                  .statements()
                  .execute(
                      INSERT_QUEUE,
                      transaction.project(project),
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
        SqliteAnnotationStore::queue);
  }

  @Override
  public List<AnnotationQueue> queues(String project, int limit, long offset) {
    return page(
        "SELECT * FROM annotation_queue a",
        of(project),
        SqliteAnnotationStore::queue,
        limit,
        offset);
  }

  @Override
  public long countQueues(String project) {
    return count("SELECT count(*) FROM annotation_queue a", of(project));
  }

  @Override
  public CompletableFuture<AnnotationQueue.Item> putItem(
      String project, AnnotationQueue.Item item) {
    return committer.submit(
        1_000,
        transaction -> {
          transaction
              .statements()
              .execute(
                  PUT_ITEM,
                  transaction.project(project),
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
        SqliteAnnotationStore::item);
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
        SqliteAnnotationStore::item,
        limit,
        offset);
  }

  @Override
  public long countItems(String project, String queueId, AnnotationQueue.@Nullable Status status) {
    return count("SELECT count(*) FROM annotation_queue_item a", items(project, queueId, status));
  }

  private static Where items(
      String project, String queueId, AnnotationQueue.@Nullable Status status) {
    Where where = of(project).and("a.queue_id = ?", queueId);
    and(where, "a.status = ?", status == null ? null : status.name());
    return where;
  }

  @Override
  public CompletableFuture<Boolean> deleteItem(String project, String queueId, String id) {
    return committer.submit(
        100,
        transaction ->
            transaction.statements().execute(DELETE_ITEM, id, transaction.project(project), queueId)
                == 1);
  }

  private static Where of(String project) {
    return Where.project(project, "a.project");
  }

  private static void and(Where where, String condition, @Nullable Object value) {
    if (value != null) {
      where.and(condition, value);
    }
  }

  private <T> @Nullable T one(String select, Where where, RowMapper<T> mapper) {
    List<T> found = readers.read(connection -> Sql.list(connection, select, where, "", mapper));
    return found.isEmpty() ? null : found.get(0);
  }

  private <T> List<T> page(
      String select, Where where, RowMapper<T> mapper, int limit, long offset) {
    return readers.read(
        connection -> Sql.list(connection, select, where, NEWEST, mapper, limit, offset));
  }

  private long count(String select, Where where) {
    return readers.read(connection -> Sql.count(connection, select, where));
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
