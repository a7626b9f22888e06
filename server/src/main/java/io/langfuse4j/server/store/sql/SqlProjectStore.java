package io.langfuse4j.server.store.sql;

import io.langfuse4j.server.model.ApiKey;
import io.langfuse4j.server.store.ProjectStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Projects in the table that all others refer to, and their keys. Thread-safe. */
final class SqlProjectStore implements ProjectStore {
  private static final String PROJECTS =
      "SELECT id, name, metadata, created_at, updated_at FROM project WHERE name IS NOT NULL"
          + " ORDER BY name, id";
  private static final String KEYS =
      "SELECT k.*, p.id AS project_id FROM api_key k JOIN project p ON p.pk = k.project"
          + " ORDER BY k.pk";

  private final SqlDatabase database;

  SqlProjectStore(SqlDatabase database) {
    this.database = database;
  }

  @Override
  public List<StoredProject> projects() {
    return all(PROJECTS, SqlProjectStore::project);
  }

  @Override
  public @Nullable StoredProject project(String id) {
    return projects().stream().filter(project -> project.id().equals(id)).findFirst().orElse(null);
  }

  @Override
  public CompletableFuture<StoredProject> putProject(StoredProject project) {
    return database.write(
        project.id(),
        1_000,
        (transaction, key) -> {
          transaction.execute(
              "UPDATE project SET name = ?, metadata = ?, created_at = coalesce(created_at, ?),"
                  + " updated_at = ? WHERE pk = ?",
              project.name(),
              project.metadata(),
              project.createdAt(),
              project.updatedAt(),
              key);
          return transaction
              .list("SELECT * FROM project WHERE pk = ?", SqlProjectStore::project, key)
              .get(0);
        });
  }

  private static StoredProject project(ResultSet row) throws SQLException {
    return new StoredProject(
        Rows.required(row, "id"),
        Rows.required(row, "name"),
        Rows.required(row, "metadata"),
        Rows.requiredInstant(row, "created_at"),
        Rows.requiredInstant(row, "updated_at"));
  }

  @Override
  public CompletableFuture<Boolean> removeProject(String id) {
    return database.write(
        id,
        1_000,
        (transaction, key) -> {
          transaction.execute("DELETE FROM api_key WHERE project = ?", key);
          return transaction.execute(
                  "UPDATE project SET name = NULL, metadata = NULL, created_at = NULL,"
                      + " updated_at = NULL WHERE pk = ? AND name IS NOT NULL",
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
    return database.write(
        key.projectId(),
        1_000,
        (transaction, project) -> {
          transaction.execute(
              "INSERT INTO api_key (project, id, public_key, secret_hash, display_secret_key,"
                  + " note, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
              project,
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
    return database.write(
        project,
        100,
        (transaction, key) ->
            transaction.execute("DELETE FROM api_key WHERE id = ? AND project = ?", id, key) == 1);
  }

  private <T> List<T> all(String sql, RowMapper<T> mapper) {
    return database.read(session -> session.list(sql, mapper));
  }
}
