package io.langfuse4j.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A prompt in a list, with all its versions. Immutable. */
public final class PromptSummary extends ApiObject {

  PromptSummary(Map<String, @Nullable Object> fields) {
    super(fields);
  }

  public String name() {
    return needed("name");
  }

  public @Nullable String type() {
    return text("type");
  }

  public List<String> labels() {
    return texts("labels");
  }

  public List<String> tags() {
    return texts("tags");
  }

  public @Nullable Instant lastUpdatedAt() {
    return instant("lastUpdatedAt");
  }
}
