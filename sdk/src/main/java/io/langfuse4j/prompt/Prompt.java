package io.langfuse4j.prompt;

import io.langfuse4j.api.PromptVersion;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A version of a prompt. Two are equal if name, version, content and config are. Immutable.
 *
 * <p>Give it to the generation that it is used for ({@code generation.prompt(prompt)}), or to
 * everything inside a block ({@code propagateAttributes(a -> a.prompt(prompt))}); a fallback is
 * never linked, because the server does not know it.
 */
public abstract sealed class Prompt permits TextPrompt, ChatPrompt {

  private final String name;
  private final int version;
  private final Map<String, @Nullable Object> config;
  private final List<String> labels;
  private final List<String> tags;
  private final @Nullable String commitMessage;
  private final boolean fallback;

  Prompt(PromptVersion stored) {
    this.name = stored.name();
    this.version = stored.version();
    this.config = stored.config().fields();
    this.labels = stored.labels();
    this.tags = stored.tags();
    this.commitMessage = stored.commitMessage();
    this.fallback = false;
  }

  Prompt(String name, PromptOptions options) {
    this.name = name;
    this.version = options.version() == null ? 0 : options.version();
    this.config = Map.of();
    this.labels = options.label() == null ? List.of() : List.of(options.label());
    this.tags = List.of();
    this.commitMessage = null;
    this.fallback = true;
  }

  static Prompt of(PromptVersion stored) {
    return stored.type().equals("chat") ? new ChatPrompt(stored) : new TextPrompt(stored);
  }

  public final String name() {
    return name;
  }

  /** The version that was fetched; of a fallback the one that was asked for, or 0. */
  public final int version() {
    return version;
  }

  /** What is stored with it, such as model and temperature. */
  public final Map<String, @Nullable Object> config() {
    return Collections.unmodifiableMap(config);
  }

  public final List<String> labels() {
    return labels;
  }

  /** Of all versions of the prompt. */
  public final List<String> tags() {
    return tags;
  }

  public final @Nullable String commitMessage() {
    return commitMessage;
  }

  /** Whether this is what the application gave for the case that the server does not answer. */
  public final boolean isFallback() {
    return fallback;
  }

  /** The names of the variables, in order and as often as they appear; no placeholders. */
  public abstract List<String> variables();

  /** A text, or a list of maps: what the server stores. */
  public abstract Object content();

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof Prompt prompt
        && prompt.name.equals(name)
        && prompt.version == version
        && prompt.content().equals(content())
        && prompt.config.equals(config);
  }

  @Override
  public final int hashCode() {
    return Objects.hash(name, version);
  }

  @Override
  public final String toString() {
    return name + " v" + version + (fallback ? " (fallback)" : "");
  }
}
