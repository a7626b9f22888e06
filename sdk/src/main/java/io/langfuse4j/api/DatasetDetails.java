package io.langfuse4j.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A dataset without its items. Immutable. */
public final class DatasetDetails extends ApiObject {

  DatasetDetails(Map<String, @Nullable Object> fields) {
    super(fields);
  }

  public String id() {
    return needed("id");
  }

  public String name() {
    return needed("name");
  }

  public @Nullable String projectId() {
    return text("projectId");
  }

  public @Nullable String description() {
    return text("description");
  }

  public @Nullable Object metadata() {
    return get("metadata");
  }

  public @Nullable Object inputSchema() {
    return get("inputSchema");
  }

  public @Nullable Object expectedOutputSchema() {
    return get("expectedOutputSchema");
  }

  public @Nullable Instant createdAt() {
    return instant("createdAt");
  }

  public @Nullable Instant updatedAt() {
    return instant("updatedAt");
  }
}
