package io.langfuse4j.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which trace a run has for an item. Immutable. */
public final class DatasetRunItem extends ApiObject {

  DatasetRunItem(Map<String, @Nullable Object> fields) {
    super(fields);
  }

  public String id() {
    return needed("id");
  }

  public @Nullable String datasetRunId() {
    return text("datasetRunId");
  }

  public @Nullable String datasetRunName() {
    return text("datasetRunName");
  }

  public @Nullable String datasetItemId() {
    return text("datasetItemId");
  }

  public @Nullable String traceId() {
    return text("traceId");
  }

  public @Nullable String observationId() {
    return text("observationId");
  }

  public @Nullable Instant createdAt() {
    return instant("createdAt");
  }
}
