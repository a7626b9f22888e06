package io.langfuse4j.server.store;

import io.langfuse4j.server.model.Prompt;
import java.time.Instant;
import java.util.List;

/**
 * A prompt's name and what its versions have in common.
 *
 * @param versions ascending
 * @param labels of all of them, sorted
 * @param lastConfig of the newest version, JSON text
 */
public record PromptSummary(
    String name,
    Prompt.Type type,
    List<Integer> versions,
    List<String> labels,
    List<String> tags,
    Instant lastUpdatedAt,
    String lastConfig) {

  public PromptSummary {
    versions = List.copyOf(versions);
    labels = List.copyOf(labels);
    tags = List.copyOf(tags);
  }
}
