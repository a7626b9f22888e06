package io.langfuse4j.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the values of a score must look like. Immutable. */
public final class ScoreConfig extends ApiObject {

  ScoreConfig(Map<String, @Nullable Object> fields) {
    super(fields);
  }

  public String id() {
    return needed("id");
  }

  public String name() {
    return needed("name");
  }

  public @Nullable String dataType() {
    return text("dataType");
  }

  public @Nullable Double minValue() {
    return number("minValue");
  }

  public @Nullable Double maxValue() {
    return number("maxValue");
  }

  /** Each with {@code label} and {@code value}. */
  public List<ApiObject> categories() {
    return objects("categories");
  }

  public boolean isArchived() {
    return flag("isArchived");
  }

  public @Nullable String description() {
    return text("description");
  }
}
