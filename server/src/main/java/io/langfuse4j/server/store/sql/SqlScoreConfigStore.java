package io.langfuse4j.server.store.sql;

import io.langfuse4j.server.model.Score.DataType;
import io.langfuse4j.server.model.ScoreConfig;
import io.langfuse4j.server.model.ScoreConfig.Category;
import io.langfuse4j.server.store.ScoreConfigStore;
import io.langfuse4j.server.store.common.JsonText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Score configs in the table of that name. Thread-safe. */
final class SqlScoreConfigStore implements ScoreConfigStore {
  private static final String PUT =
      "INSERT INTO score_config (project, id, name, data_type, archived, description, min_value,"
          + " max_value, categories, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (id, project) DO UPDATE SET name = excluded.name,"
          + " data_type = excluded.data_type, archived = excluded.archived,"
          + " description = excluded.description, min_value = excluded.min_value,"
          + " max_value = excluded.max_value, categories = excluded.categories,"
          + " updated_at = excluded.updated_at";
  private static final String SELECT = "SELECT * FROM score_config c";

  private final SqlDatabase database;

  SqlScoreConfigStore(SqlDatabase database) {
    this.database = database;
  }

  @Override
  public CompletableFuture<Void> writeScoreConfig(String project, ScoreConfig config) {
    List<Category> categories = config.categories();
    return database
        .write(
            project,
            1_000,
            (transaction, key) ->
                transaction.execute(
                    PUT,
                    key,
                    config.id(),
                    config.name(),
                    config.dataType().name(),
                    config.archived(),
                    config.description(),
                    config.minValue(),
                    config.maxValue(),
                    categories == null ? null : JsonText.write(categories),
                    config.createdAt(),
                    config.updatedAt()))
        .thenApply(count -> null);
  }

  @Override
  public List<ScoreConfig> scoreConfigs(String project, int limit, long offset) {
    return database.read(
        session ->
            of(project)
                .list(
                    session,
                    SELECT,
                    "ORDER BY c.created_at DESC, c.id DESC LIMIT ? OFFSET ?",
                    SqlScoreConfigStore::read,
                    limit,
                    offset));
  }

  @Override
  public long countScoreConfigs(String project) {
    return database.read(
        session -> of(project).count(session, "SELECT count(*) FROM score_config c"));
  }

  @Override
  public @Nullable ScoreConfig scoreConfig(String project, String id) {
    return database.find(
        session ->
            of(project).and("c.id = ?", id).first(session, SELECT, SqlScoreConfigStore::read));
  }

  private static Conditions of(String project) {
    return Conditions.of(project, "c.project");
  }

  private static ScoreConfig read(ResultSet row) throws SQLException {
    String categories = Rows.text(row, "categories");
    return new ScoreConfig(
        Rows.required(row, "id"),
        Rows.required(row, "name"),
        DataType.valueOf(Rows.required(row, "data_type")),
        row.getBoolean("archived"),
        Rows.text(row, "description"),
        Rows.real(row, "min_value"),
        Rows.real(row, "max_value"),
        categories == null ? null : JsonText.categories(categories),
        Rows.requiredInstant(row, "created_at"),
        Rows.requiredInstant(row, "updated_at"));
  }
}
