package io.langfuse4j.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of an experiment over a dataset. Immutable. */
public final class DatasetRun extends ApiObject {

  DatasetRun(Map<String, @Nullable Object> fields) {
    super(fields);
  }

  public String id() {
    return needed("id");
  }

  public String name() {
    return needed("name");
  }

  public @Nullable String description() {
    return text("description");
  }

  public @Nullable Object metadata() {
    return get("metadata");
  }

  public @Nullable String datasetId() {
    return text("datasetId");
  }

  public @Nullable String datasetName() {
    return text("datasetName");
  }

  public @Nullable Instant createdAt() {
    return instant("createdAt");
  }

  /** Empty in a list. */
  public List<DatasetRunItem> datasetRunItems() {
    return objects("datasetRunItems").stream()
        .map(object -> new DatasetRunItem(object.fields()))
        .toList();
  }
}
