package io.langfuse4j.server.api;

import io.langfuse4j.server.pricing.Model;
import io.langfuse4j.server.store.ModelStore;
import io.langfuse4j.server.store.PricedBy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The models that the observations of one answer were priced by, each looked up once: the store
 * reads them anew whenever it is asked. Confined to one request.
 */
final class PricedModels {
  private final ModelStore models;
  private final String project;
  private final Map<String, Optional<Model>> found = new HashMap<>();

  PricedModels(ModelStore models, String project) {
    this.models = models;
    this.project = project;
  }

  /** Null if the observation was not priced, or the model is not there any more. */
  @Nullable Model get(PricedBy pricedBy) {
    String id = pricedBy.modelId();
    return id == null
        ? null
        : found
            .computeIfAbsent(id, wanted -> Optional.ofNullable(models.model(project, wanted)))
            .orElse(null);
  }
}
