package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.model.Media;
import io.langfuse4j.server.store.MediaStore;
import io.langfuse4j.server.store.RefusedException;
import io.langfuse4j.server.store.RefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Files in a folder, named by the hash of what is in them, and a row for each project that has
 * uploaded one. Thread-safe.
 */
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
  private static final String SELECT = "SELECT * FROM media WHERE id = ? AND project = ?";

  private final Readers readers;
  private final GroupCommitter committer;
  private final Path folder;

  SqliteMediaStore(Readers readers, GroupCommitter committer, Path folder) {
    this.readers = readers;
    this.committer = committer;
    this.folder = folder;
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
  public CompletableFuture<Media> upload(String project, Media media, InputStream bytes)
      throws IOException {
    keep(media, bytes);
    return committer.submit(
        1_000,
        transaction -> {
          long key = transaction.project(project);
          transaction
              .statements()
              .execute(
                  "UPDATE media SET uploaded_at = ? WHERE id = ? AND project = ?",
                  transaction.now(),
                  media.id(),
                  key);
          return transaction
              .statements()
              .list(SELECT, SqliteMediaStore::read, media.id(), key)
              .get(0);
        });
  }

  /** Writes the file beside its place, looks at its hash, and only then moves it there. */
  private void keep(Media media, InputStream bytes) throws IOException {
    Path target = file(media);
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    Path draft = Files.createTempFile(target.getParent(), "upload", ".part");
    try {
      MessageDigest digest = sha256();
      Files.copy(new DigestInputStream(bytes, digest), draft, StandardCopyOption.REPLACE_EXISTING);
      String hash = HexFormat.of().formatHex(digest.digest());
      if (!hash.equals(media.sha256()) || Files.size(draft) != media.contentLength()) {
        throw new RefusedException(
            Reason.INVALID, "The bytes are not those whose hash and length were announced");
      }
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  @Override
  public byte[] read(Media media, long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    try (RandomAccessFile file = new RandomAccessFile(file(media).toFile(), "r")) {
      file.seek(from);
      file.readFully(bytes);
    }
    return bytes;
  }

  /** Hexadecimal digits only: nothing that a client says becomes part of the path. */
  private Path file(Media media) {
    String hash = HexFormat.of().formatHex(HexFormat.of().parseHex(media.sha256()));
    return folder.resolve(hash.substring(0, 2)).resolve(hash);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
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
