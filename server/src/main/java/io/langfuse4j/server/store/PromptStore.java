package io.langfuse4j.server.store;

import io.langfuse4j.server.model.Prompt;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps prompts. The promises are those of {@link TraceStore}; a write that does not fit what is
 * stored completes with a {@link RefusedException}.
 */
public interface PromptStore {

  /**
   * Adds the next version of a name. It takes its labels, and {@link Prompt#LATEST}, from older
   * versions. Refused if older versions are of another type.
   */
  CompletableFuture<Prompt> addPrompt(String project, Prompt.Draft draft);

  /** Adds labels to a version, taking them from other versions. Refused if there is none. */
  CompletableFuture<Prompt> labelPrompt(
      String project, String name, int version, List<String> labels);

  /**
   * Deletes versions of a name: one, those with a label, or all of them. Refused if there are none,
   * or if another prompt is composed of them. The newest that is left becomes the latest.
   */
  CompletableFuture<Integer> deletePrompts(
      String project, String name, @Nullable Integer version, @Nullable String label);

  /** One version, or null. */
  @Nullable Prompt prompt(String project, Prompt.Reference reference);

  /** Whether a version has this id. */
  boolean hasId(String project, String id);

  /** One page of names, in their order. */
  List<PromptSummary> prompts(PromptQuery query);

  /** How many names match, whatever the query's page. */
  long countPrompts(PromptQuery query);
}
