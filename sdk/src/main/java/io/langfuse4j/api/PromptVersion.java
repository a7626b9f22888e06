package io.langfuse4j.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One version of a prompt as it is stored. Immutable. */
public final class PromptVersion extends ApiObject {

  PromptVersion(Map<String, @Nullable Object> fields) {
    super(fields);
  }

  public String name() {
    return needed("name");
  }

  public int version() {
    return integer("version");
  }

  /** {@code text} or {@code chat}. */
  public String type() {
    return needed("type");
  }

  /** The text, or a list of messages and placeholders. */
  public @Nullable Object prompt() {
    return get("prompt");
  }

  public ApiObject config() {
    return object("config");
  }

  public List<String> labels() {
    return texts("labels");
  }

  public List<String> tags() {
    return texts("tags");
  }

  public @Nullable String commitMessage() {
    return text("commitMessage");
  }

  public @Nullable Instant createdAt() {
    return instant("createdAt");
  }
}
