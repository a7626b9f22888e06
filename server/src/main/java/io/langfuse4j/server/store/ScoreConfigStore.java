package io.langfuse4j.server.store;

import io.langfuse4j.server.model.ScoreConfig;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps what scores must look like. The promises are those of {@link TraceStore}. */
public interface ScoreConfigStore {

  /** Stores a config, or replaces the one of the same id. */
  CompletableFuture<Void> writeScoreConfig(String project, ScoreConfig config);

  /** One page of configs, newest first. */
  List<ScoreConfig> scoreConfigs(String project, int limit, long offset);

  long countScoreConfigs(String project);

  /** One config, or null. */
  @Nullable ScoreConfig scoreConfig(String project, String id);
}
