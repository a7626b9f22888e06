package io.langfuse4j.prompt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a new version of a prompt has besides its text. Received by a lambda; not thread-safe. */
public final class PromptDraft {

  private final Map<String, @Nullable Object> body = new LinkedHashMap<>();

  PromptDraft(String name, Object prompt, String type) {
    body.put("name", name);
    body.put("type", type);
    body.put("prompt", prompt);
    body.put("labels", List.of());
    body.put("config", Map.of());
  }

  /** The labels that move to this version; {@code latest} always does. */
  public PromptDraft labels(String... labels) {
    body.put("labels", List.of(labels));
    return this;
  }

  /** Replace the tags of all versions; without this they stay. */
  public PromptDraft tags(String... tags) {
    body.put("tags", List.of(tags));
    return this;
  }

  /** Whatever the application wants to find with it, such as model and temperature. */
  public PromptDraft config(@Nullable Map<String, ?> config) {
    body.put("config", config == null ? Map.of() : config);
    return this;
  }

  /** What changed, in at most 500 characters. */
  public PromptDraft commitMessage(String message) {
    body.put("commitMessage", message);
    return this;
  }

  Map<String, @Nullable Object> body() {
    return body;
  }
}
