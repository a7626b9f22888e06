package io.langfuse4j.server.store.sql;

import io.langfuse4j.server.model.ScoreConfig;
import io.langfuse4j.server.pricing.Model;
import io.langfuse4j.server.pricing.Pricer;
import io.langfuse4j.server.store.AnnotationStore;
import io.langfuse4j.server.store.DatasetStore;
import io.langfuse4j.server.store.MediaStore;
import io.langfuse4j.server.store.MetadataStore;
import io.langfuse4j.server.store.ModelStore;
import io.langfuse4j.server.store.ProjectStore;
import io.langfuse4j.server.store.PromptStore;
import io.langfuse4j.server.store.ScoreConfigStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Everything but traces, observations and scores, in an SQL database. Thread-safe. */
public class SqlMetadataStore implements MetadataStore {
  private final SqlDatabase database;
  private final Pricer pricer;
  private final PromptStore prompts;
  private final DatasetStore datasets;
  private final ProjectStore projects;
  private final MediaStore media;
  private final AnnotationStore annotations;
  private final ModelStore models;
  private final ScoreConfigStore scoreConfigs;

  /**
   * @param database closed with this store
   * @param pricer reads {@link SqlModelStore#own} of the same database
   */
  public SqlMetadataStore(SqlDatabase database, Pricer pricer) {
    this.database = database;
    this.pricer = pricer;
    this.prompts = new SqlPromptStore(database);
    this.datasets = new SqlDatasetStore(database);
    this.projects = new SqlProjectStore(database);
    this.media = new SqlMediaStore(database);
    this.annotations = new SqlAnnotationStore(database);
    this.models = new SqlModelStore(database, pricer);
    this.scoreConfigs = new SqlScoreConfigStore(database);
  }

  @Override
  public PromptStore prompts() {
    return prompts;
  }

  @Override
  public DatasetStore datasets() {
    return datasets;
  }

  @Override
  public ProjectStore projects() {
    return projects;
  }

  @Override
  public MediaStore media() {
    return media;
  }

  @Override
  public AnnotationStore annotations() {
    return annotations;
  }

  @Override
  public Pricer pricer() {
    return pricer;
  }

  @Override
  public void reach() {
    var unused =
        database.read(session -> session.list("SELECT 1 AS one", row -> row.getInt("one")));
  }

  @Override
  public List<Model> models(String project) {
    return models.models(project);
  }

  @Override
  public @Nullable Model model(String project, String id) {
    return models.model(project, id);
  }

  @Override
  public CompletableFuture<Boolean> addModel(String project, Model model) {
    return models.addModel(project, model);
  }

  @Override
  public CompletableFuture<Boolean> deleteModel(String project, String id) {
    return models.deleteModel(project, id);
  }

  @Override
  public CompletableFuture<Void> writeScoreConfig(String project, ScoreConfig config) {
    return scoreConfigs.writeScoreConfig(project, config);
  }

  @Override
  public List<ScoreConfig> scoreConfigs(String project, int limit, long offset) {
    return scoreConfigs.scoreConfigs(project, limit, offset);
  }

  @Override
  public long countScoreConfigs(String project) {
    return scoreConfigs.countScoreConfigs(project);
  }

  @Override
  public @Nullable ScoreConfig scoreConfig(String project, String id) {
    return scoreConfigs.scoreConfig(project, id);
  }

  @Override
  public void close() {
    database.close();
  }
}
