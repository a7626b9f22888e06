package io.langfuse4j.server.store;

import io.langfuse4j.server.pricing.Model;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The models that observations are priced by. A project's own come before ours, for everything that
 * is stored after they were added; what is stored already keeps its costs.
 */
public interface ModelStore {

  /** The project's own models, then ours. */
  List<Model> models(String project);

  /** One of {@link #models}, or null. */
  @Nullable Model model(String project, String id);

  /**
   * @return completes with false if the project has a model of that name already, with true when
   *     durable and in force
   */
  CompletableFuture<Boolean> addModel(String project, Model model);

  /**
   * @return completes with false if the project has no model of its own with that id, with true
   *     when durable and in force
   */
  CompletableFuture<Boolean> deleteModel(String project, String id);
}
