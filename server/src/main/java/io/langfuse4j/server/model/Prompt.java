package io.langfuse4j.server.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a prompt.
 *
 * @param version counts up from 1 within a name
 * @param content JSON text: a string for a text prompt, a list of messages for a chat prompt
 * @param config JSON text of whatever the prompt's users want to know
 * @param labels of this version; within a name a label is on one version only
 * @param tags of the name: the same for all versions
 */
public record Prompt(
    String id,
    String name,
    int version,
    Type type,
    String content,
    String config,
    List<String> labels,
    List<String> tags,
    @Nullable String commitMessage,
    String createdBy,
    Instant createdAt,
    Instant updatedAt) {

  /** The label that is always on the newest version. */
  public static final String LATEST = "latest";

  /** The label that is asked for when none is named. */
  public static final String PRODUCTION = "production";

  public Prompt {
    labels = List.copyOf(labels);
    tags = List.copyOf(tags);
  }

  /** What a prompt consists of. */
  public enum Type {
    TEXT,
    CHAT
  }

  /** One version of a name, by its number or by a label that it has. */
  public record Reference(String name, @Nullable Integer version, @Nullable String label) {
    public static Reference version(String name, int version) {
      return new Reference(name, version, null);
    }

    public static Reference label(String name, String label) {
      return new Reference(name, null, label);
    }
  }

  /**
   * A version that is to be added.
   *
   * @param tags replace those of the name; null leaves them
   * @param uses the prompts that its content is composed of
   */
  public record Draft(
      String id,
      String name,
      Type type,
      String content,
      String config,
      List<String> labels,
      @Nullable List<String> tags,
      @Nullable String commitMessage,
      List<Reference> uses) {

    public Draft {
      labels = List.copyOf(labels);
      tags = tags == null ? null : List.copyOf(tags);
      uses = List.copyOf(uses);
    }
  }
}
