package io.langfuse4j.server.store.sql;

import io.langfuse4j.server.pricing.Model;
import io.langfuse4j.server.pricing.ModelJson;
import io.langfuse4j.server.pricing.Pricer;
import io.langfuse4j.server.store.ModelStore;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The table of models that projects have defined. Thread-safe. */
public final class SqlModelStore implements ModelStore {
  private static final String INSERT =
      "INSERT INTO model (project, id, name, definition) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT DO NOTHING";
  private static final String DELETE = "DELETE FROM model WHERE project = ? AND id = ?";
  private static final String LIST =
      "SELECT m.definition FROM model m JOIN project p ON p.pk = m.project WHERE p.id = ?"
          + " ORDER BY m.pk";

  private final SqlDatabase database;
  private final Pricer pricer;

  SqlModelStore(SqlDatabase database, Pricer pricer) {
    this.database = database;
    this.pricer = pricer;
  }

  /** What a project has defined itself. */
  public static List<Model> own(Session session, String project) throws SQLException {
    return session.list(LIST, row -> ModelJson.read(Rows.required(row, "definition")), project);
  }

  /** Read anew: another server may have changed them. */
  @Override
  public List<Model> models(String project) {
    pricer.forget(project);
    return pricer.models(project);
  }

  @Override
  public @Nullable Model model(String project, String id) {
    pricer.forget(project);
    return pricer.model(project, id);
  }

  @Override
  public CompletableFuture<Boolean> addModel(String project, Model model) {
    String definition = ModelJson.write(model).toString();
    return changing(
        project,
        (transaction, key) ->
            transaction.execute(INSERT, key, model.id(), model.name(), definition) == 1);
  }

  @Override
  public CompletableFuture<Boolean> deleteModel(String project, String id) {
    return changing(project, (transaction, key) -> transaction.execute(DELETE, key, id) == 1);
  }

  private CompletableFuture<Boolean> changing(String project, SqlDatabase.Write<Boolean> work) {
    return database
        .write(project, 1_000, work)
        .thenApply(
            changed -> {
              pricer.forget(project);
              return changed;
            });
  }
}
