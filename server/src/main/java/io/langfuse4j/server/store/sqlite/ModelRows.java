package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.pricing.Model;
import io.langfuse4j.server.pricing.ModelJson;
import io.langfuse4j.server.store.sql.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table of models that projects have defined. */
final class ModelRows {
  static final String INSERT =
      "INSERT INTO model (project, id, name, definition) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT DO NOTHING";

  static final String DELETE = "DELETE FROM model WHERE project = ? AND id = ?";

  private static final String LIST =
      "SELECT m.definition FROM model m JOIN project p ON p.pk = m.project WHERE p.id = ?"
          + " ORDER BY m.pk";

  private ModelRows() {}

  static List<Model> list(Connection connection, String project) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LIST)) {
      Rows.bind(statement, project);
      List<Model> models = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          models.add(ModelJson.read(Rows.required(row, "definition")));
        }
      }
      return models;
    }
  }
}
