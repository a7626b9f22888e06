package io.langfuse4j.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An item of a dataset as it is stored. Immutable. */
public final class DatasetItemDetails extends ApiObject {

  DatasetItemDetails(Map<String, @Nullable Object> fields) {
    super(fields);
  }

  public String id() {
    return needed("id");
  }

  public @Nullable String datasetId() {
    return text("datasetId");
  }

  public @Nullable String datasetName() {
    return text("datasetName");
  }

  /** {@code ACTIVE} or {@code ARCHIVED}. */
  public @Nullable String status() {
    return text("status");
  }

  public @Nullable Object input() {
    return get("input");
  }

  public @Nullable Object expectedOutput() {
    return get("expectedOutput");
  }

  public @Nullable Object metadata() {
    return get("metadata");
  }

  public @Nullable String sourceTraceId() {
    return text("sourceTraceId");
  }

  public @Nullable String sourceObservationId() {
    return text("sourceObservationId");
  }

  public @Nullable Instant createdAt() {
    return instant("createdAt");
  }

  public @Nullable Instant updatedAt() {
    return instant("updatedAt");
  }
}
