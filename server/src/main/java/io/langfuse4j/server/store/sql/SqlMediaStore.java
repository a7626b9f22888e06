package io.langfuse4j.server.store.sql;

import io.langfuse4j.server.model.Media;
import io.langfuse4j.server.store.MediaStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
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
          + " sha256 = excluded.sha256";
  private static final String PUT_USE =
      "INSERT INTO media_use (media, field, trace_id, observation_id, dataset_item_id)"
          + " VALUES ((SELECT pk FROM media WHERE id = ? AND project = ?), ?, ?, ?, ?)"
          + " ON CONFLICT DO NOTHING";
  private static final String UPLOADED =
      "UPDATE media SET uploaded_at = ? WHERE id = ? AND project = ?";
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

  private static Media read(ResultSet row) throws SQLException {
    return new Media(
        Rows.required(row, "id"),
        Rows.required(row, "sha256"),
        Rows.required(row, "content_type"),
        row.getLong("content_length"),
        Rows.instant(row, "uploaded_at"));
  }
}
