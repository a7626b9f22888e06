package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.model.ApiKey;
import io.langfuse4j.server.store.ProjectStore;
import io.langfuse4j.server.store.sql.RowMapper;
import io.langfuse4j.server.store.sql.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Projects in the table that all others refer to, and their keys. Thread-safe. */
final class SqliteProjectStore implements ProjectStore {
  private static final String PROJECTS =
      "SELECT id, name, metadata FROM project WHERE name IS NOT NULL ORDER BY name, id";
  private static final String KEYS =
      "SELECT k.*, p.id AS project_id FROM api_key k JOIN project p ON p.pk = k.project"
          + " ORDER BY k.pk";

  private final Readers readers;
  private final GroupCommitter committer;

  SqliteProjectStore(Readers readers, GroupCommitter committer) {
    this.readers = readers;
    this.committer = committer;
  }

  @Override
  public List<StoredProject> projects() {
    return all(
        PROJECTS,
        row ->
            new StoredProject(
                Rows.required(row, "id"),
                Rows.required(row, "name"),
                Rows.required(row, "metadata")));
  }

  @Override
  public @Nullable StoredProject project(String id) {
    return projects().stream().filter(project -> project.id().equals(id)).findFirst().orElse(null);
  }

  @Override
  public CompletableFuture<StoredProject> putProject(StoredProject project) {
    return committer.submit(
        1_000,
        transaction -> {
          transaction
              .statements()
              .execute(
                  "UPDATE project SET name = ?, metadata = ? WHERE pk = ?",
                  project.name(),
                  project.metadata(),
                  transaction.project(project.id()));
          return project;
        });
  }

  @Override
  public CompletableFuture<Boolean> removeProject(String id) {
    return committer.submit(
        1_000,
        transaction -> {
          long key = transaction.project(id);
          Statements statements = transaction.statements();
          statements.execute("DELETE FROM api_key WHERE project = ?", key);
          return statements.execute(
                  "UPDATE project SET name = NULL, metadata = NULL"
                      + " WHERE pk = ? AND name IS NOT NULL",
                  key)
              == 1;
        });
  }

  @Override
  public List<ApiKey> apiKeys() {
    return all(
        KEYS,
        row ->
            new ApiKey(
                Rows.required(row, "id"),
                Rows.required(row, "project_id"),
                Rows.required(row, "public_key"),
                Rows.required(row, "secret_hash"),
                Rows.required(row, "display_secret_key"),
                Rows.text(row, "note"),
                Rows.requiredInstant(row, "created_at")));
  }

  @Override
  public CompletableFuture<ApiKey> addApiKey(ApiKey key) {
    return committer.submit(
        1_000,
        transaction -> {
          transaction
              .statements()
              .execute(
                  "INSERT INTO api_key (project, id, public_key, secret_hash, display_secret_key,"
                      + " note, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                  transaction.project(key.projectId()),
                  key.id(),
                  key.publicKey(),
                  key.secretHash(),
                  key.displaySecretKey(),
                  key.note(),
                  key.createdAt());
          return key;
        });
  }

  @Override
  public CompletableFuture<Boolean> deleteApiKey(String project, String id) {
    return committer.submit(
        100,
        transaction ->
            transaction
                    .statements()
                    .execute(
                        "DELETE FROM api_key WHERE id = ? AND project = ?",
                        id,
                        transaction.project(project))
                == 1);
  }

  private <T> List<T> all(String sql, RowMapper<T> mapper) {
    return readers.read(connection -> all(connection, sql, mapper));
  }

  private static <T> List<T> all(Connection connection, String sql, RowMapper<T> mapper)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<T> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(mapper.map(row));
      }
      return rows;
    }
  }
}
