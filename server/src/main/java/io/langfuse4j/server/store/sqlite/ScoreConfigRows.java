package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.model.Score.DataType;
import io.langfuse4j.server.model.ScoreConfig;
import io.langfuse4j.server.model.ScoreConfig.Category;
import io.langfuse4j.server.store.common.JsonText;
import io.langfuse4j.server.store.sql.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Score configs to rows and back. */
final class ScoreConfigRows {
  private static final String PUT =
      "INSERT INTO score_config (project, id, name, data_type, archived, description, min_value,"
          + " max_value, categories, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (id, project) DO UPDATE SET name = excluded.name,"
          + " data_type = excluded.data_type, archived = excluded.archived,"
          + " description = excluded.description, min_value = excluded.min_value,"
          + " max_value = excluded.max_value, categories = excluded.categories,"
          + " updated_at = excluded.updated_at";
  private static final String SELECT = "SELECT * FROM score_config c";

  private ScoreConfigRows() {}

  static void put(Statements statements, long project, ScoreConfig config) throws SQLException {
    List<Category> categories = config.categories();
    statements.execute(
        PUT,
        project,
        config.id(),
        config.name(),
        config.dataType().name(),
        config.archived(),
        config.description(),
        config.minValue(),
        config.maxValue(),
        categories == null ? null : JsonText.write(categories),
        config.createdAt(),
        config.updatedAt());
  }

  static List<ScoreConfig> page(Connection connection, String project, int limit, long offset)
      throws SQLException {
    return Sql.list(
        connection,
        SELECT,
        Where.scoreConfigs(project),
        "ORDER BY c.created_at DESC, c.id DESC LIMIT ? OFFSET ?",
        ScoreConfigRows::read,
        limit,
        offset);
  }

  static long count(Connection connection, String project) throws SQLException {
    return Sql.count(
        connection, "SELECT count(*) FROM score_config c", Where.scoreConfigs(project));
  }

  static List<ScoreConfig> one(Connection connection, String project, String id)
      throws SQLException {
    return Sql.list(
        connection,
        SELECT,
        Where.scoreConfigs(project).and("c.id = ?", id),
        "",
        ScoreConfigRows::read);
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
