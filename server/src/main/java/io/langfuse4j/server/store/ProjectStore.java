package io.langfuse4j.server.store;

import io.langfuse4j.server.model.ApiKey;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps the projects that were made through the API, and their keys. */
public interface ProjectStore {

  /**
   * A project.
   *
   * @param metadata JSON text
   */
  record StoredProject(
      String id, String name, String metadata, Instant createdAt, Instant updatedAt) {}

  /** In the order of their names. */
  List<StoredProject> projects();

  @Nullable StoredProject project(String id);

  /** Makes a project, or changes the one of its id, which keeps the time when it was made. */
  CompletableFuture<StoredProject> putProject(StoredProject project);

  /**
   * Takes a project off the list, and its keys with it. What it holds stays on disk, where nobody
   * reaches it any more.
   *
   * @return completes with false if there is none
   */
  CompletableFuture<Boolean> removeProject(String id);

  /** Keys of all projects. */
  List<ApiKey> apiKeys();

  CompletableFuture<ApiKey> addApiKey(ApiKey key);

  /** Completes with false if the project has no such key. */
  CompletableFuture<Boolean> deleteApiKey(String project, String id);
}
