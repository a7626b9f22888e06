package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.model.Media;
import io.langfuse4j.server.store.MediaStore;
import io.langfuse4j.server.store.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A row for each project that has announced a file, and one for each use. Thread-safe. */
final class SqliteMediaStore implements MediaStore {
  private static final String PUT =
      "INSERT INTO media (project, id, sha256, content_type, content_length, created_at)"
          + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id, project) DO UPDATE SET"
          + " uploaded_at = CASE WHEN content_type = excluded.content_type"
          + " AND content_length = excluded.content_length AND sha256 = excluded.sha256"
          + " THEN uploaded_at END,"
          + " content_type = excluded.content_type, content_length = excluded.content_length,"
          + " sha256 = excluded.sha256";
  private static final String PUT_USE =
      "INSERT INTO media_use (media, field, trace_id, observation_id, dataset_item_id)"
          + " VALUES ((SELECT pk FROM media WHERE id = ? AND project = ?), ?, ?, ?, ?)"
          + " ON CONFLICT DO NOTHING";
  private static final String UPLOADED =
      "UPDATE media SET uploaded_at = ? WHERE id = ? AND project = ?";
  private static final String SELECT = "SELECT * FROM media WHERE id = ? AND project = ?";

  private final Readers readers;
  private final GroupCommitter committer;

  SqliteMediaStore(Readers readers, GroupCommitter committer) {
    this.readers = readers;
    this.committer = committer;
  }

  @Override
  public CompletableFuture<Media> announce(String project, Media media, Media.Use use) {
    return committer.submit(
        1_000,
        transaction -> {
          long key = transaction.project(project);
          Statements statements = transaction.statements();
          statements.execute(
              PUT,
              key,
              media.id(),
              media.sha256(),
              media.contentType(),
              media.contentLength(),
              transaction.now());
          statements.execute(
              PUT_USE,
              media.id(),
              key,
              use.field(),
              Objects.requireNonNullElse(use.traceId(), ""),
              Objects.requireNonNullElse(use.observationId(), ""),
              Objects.requireNonNullElse(use.datasetItemId(), ""));
          return statements.list(SELECT, SqliteMediaStore::read, media.id(), key).get(0);
        });
  }

  @Override
  public @Nullable Media media(String project, String id) {
    List<Media> found =
        readers.read(
            connection ->
                Sql.list(
                    connection,
                    "SELECT * FROM media m",
                    Where.project(project, "m.project").and("m.id = ?", id),
                    "",
                    SqliteMediaStore::read));
    return found.isEmpty() ? null : found.get(0);
  }

  @Override
  public CompletableFuture<Media> uploaded(String project, String id) {
    return committer.submit(
        1_000,
        transaction -> {
          long key = transaction.project(project);
          Statements statements = transaction.statements();
          statements.execute(UPLOADED, transaction.now(), id, key);
          return statements.list(SELECT, SqliteMediaStore::read, id, key).get(0);
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
