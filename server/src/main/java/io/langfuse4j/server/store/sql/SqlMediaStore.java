package io.langfuse4j.server.store.sql;

import io.langfuse4j.server.model.Media;
import io.langfuse4j.server.store.MediaStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A row for each project that has announced a file, and one for each use. Thread-safe. */
final class SqlMediaStore implements MediaStore {
  private static final String PUT =
      "INSERT INTO media (project, id, sha256, content_type, content_length, created_at)"
          + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id, project) DO UPDATE SET"
          + " uploaded_at = CASE WHEN media.content_type = excluded.content_type"
          + " AND media.content_length = excluded.content_length"
          + " AND media.sha256 = excluded.sha256 THEN media.uploaded_at END,"
          + " content_type = excluded.content_type, content_length = excluded.content_length,"
          // When it was announced last: whoever does so counts on the bytes again.
          + " sha256 = excluded.sha256, created_at = excluded.created_at";
  private static final String PUT_USE =
      "INSERT INTO media_use (media, field, trace_id, observation_id, dataset_item_id)"
          + " VALUES ((SELECT pk FROM media WHERE id = ? AND project = ?), ?, ?, ?, ?)"
          + " ON CONFLICT DO NOTHING";
  private static final String UPLOADED =
      "UPDATE media SET uploaded_at = ? WHERE id = ? AND project = ?";
  private static final String HELD =
      "SELECT m.*, p.id AS project_id FROM media m JOIN project p ON p.pk = m.project"
          + " WHERE m.created_at < ? AND m.pk > ? ORDER BY m.pk LIMIT ?";

  /** Those of datasets first, a few of each file. */
  private static final String USES =
      "SELECT x.media, x.trace_id, x.dataset_item_id FROM (SELECT u.media, u.trace_id,"
          + " u.dataset_item_id, ROW_NUMBER() OVER (PARTITION BY u.media"
          + " ORDER BY u.dataset_item_id DESC, u.trace_id) AS place FROM media_use u"
          + " WHERE u.media > ? AND u.media <= ?) x WHERE x.place <= "
          + TRACES_SHOWN;

  private static final String FORGET_TRACE =
      "DELETE FROM media_use WHERE media = ? AND trace_id = ? AND dataset_item_id = ''";
  private static final String WITHDRAW =
      "UPDATE media SET uploaded_at = NULL WHERE pk = ? AND created_at < ?";
  private static final String COUNTED_ON =
      "SELECT id FROM media WHERE id = ? AND sha256 = ? AND uploaded_at IS NOT NULL LIMIT 1";
  private static final String WITHDRAWN =
      " IN (SELECT pk FROM media WHERE pk = ? AND created_at < ? AND uploaded_at IS NULL)";
  private static final String SELECT = "SELECT * FROM media WHERE id = ? AND project = ?";

  private final SqlDatabase database;

  SqlMediaStore(SqlDatabase database) {
    this.database = database;
  }

  @Override
  public CompletableFuture<Media> announce(String project, Media media, Media.Use use) {
    return database.write(
        project,
        1_000,
        (transaction, key) -> {
          transaction.execute(
              PUT,
              key,
              media.id(),
              media.sha256(),
              media.contentType(),
              media.contentLength(),
              transaction.now());
          transaction.execute(
              PUT_USE,
              media.id(),
              key,
              use.field(),
              Objects.requireNonNullElse(use.traceId(), ""),
              Objects.requireNonNullElse(use.observationId(), ""),
              Objects.requireNonNullElse(use.datasetItemId(), ""));
          return stored(transaction, key, media.id());
        });
  }

  private static Media stored(Session session, long project, String id) throws SQLException {
    return session.list(SELECT, SqlMediaStore::read, id, project).get(0);
  }

  @Override
  public @Nullable Media media(String project, String id) {
    return database.find(
        session ->
            Conditions.of(project, "m.project")
                .and("m.id = ?", id)
                .first(session, "SELECT * FROM media m", SqlMediaStore::read));
  }

  @Override
  public CompletableFuture<Media> uploaded(String project, String id) {
    return database.write(
        project,
        1_000,
        (transaction, key) -> {
          transaction.execute(UPLOADED, transaction.now(), id, key);
          return stored(transaction, key, id);
        });
  }

  @Override
  public List<Held> held(Instant announcedBefore, long after, int limit) {
    return database.read(
        session -> {
          List<Held> found = session.list(HELD, SqlMediaStore::held, announcedBefore, after, limit);
          if (found.isEmpty()) {
            return found;
          }
          Map<Long, List<Use>> uses =
              session.list(USES, Use::read, after, found.get(found.size() - 1).number()).stream()
                  .collect(Collectors.groupingBy(Use::media));
          return found.stream()
              .map(held -> used(held, uses.getOrDefault(held.number(), List.of())))
              .toList();
        });
  }

  private record Use(long media, String traceId, String datasetItemId) {
    static Use read(ResultSet row) throws SQLException {
      return new Use(
          row.getLong("media"),
          Rows.required(row, "trace_id"),
          Rows.required(row, "dataset_item_id"));
    }
  }

  private static Held held(ResultSet row) throws SQLException {
    return new Held(
        row.getLong("pk"), Rows.required(row, "project_id"), read(row), false, List.of());
  }

  private static Held used(Held held, List<Use> uses) {
    return new Held(
        held.number(),
        held.project(),
        held.media(),
        uses.stream().anyMatch(use -> !use.datasetItemId().isEmpty()),
        uses.stream().map(Use::traceId).filter(id -> !id.isEmpty()).toList());
  }

  @Override
  public CompletableFuture<Void> forgetTraces(Held held) {
    return database
        .write(
            held.project(),
            100L * held.traceIds().size(),
            (transaction, key) -> {
              for (String traceId : held.traceIds()) {
                transaction.execute(FORGET_TRACE, held.number(), traceId);
              }
              return true;
            })
        .thenApply(done -> null);
  }

  @Override
  public CompletableFuture<Boolean> withdraw(Held held, Instant announcedBefore) {
    Media media = held.media();
    return database.write(
        held.project(),
        100,
        (transaction, key) ->
            transaction.execute(WITHDRAW, held.number(), announcedBefore) > 0
                && transaction.first(
                        COUNTED_ON, row -> row.getString("id"), media.id(), media.sha256())
                    == null);
  }

  @Override
  public CompletableFuture<Void> forget(Held held, Instant announcedBefore) {
    return database
        .write(
            held.project(),
            100,
            (transaction, key) -> {
              transaction.execute(
                  "DELETE FROM media_use WHERE media" + WITHDRAWN, held.number(), announcedBefore);
              transaction.execute(
                  "DELETE FROM media WHERE pk" + WITHDRAWN, held.number(), announcedBefore);
              return true;
            })
        .thenApply(done -> null);
  }

  private static Media read(ResultSet row) throws SQLException {
    return new Media(
        Rows.required(row, "id"),
        Rows.required(row, "sha256"),
        Rows.required(row, "content_type"),
        row.getLong("content_length"),
        Rows.instant(row, "uploaded_at"));
  }
}
