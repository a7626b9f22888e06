package io.langfuse4j.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A score as the server shows it. Immutable. */
public final class ScoreDetails extends ApiObject {

  ScoreDetails(Map<String, @Nullable Object> fields) {
    super(fields);
  }

  public String id() {
    return needed("id");
  }

  public String name() {
    return needed("name");
  }

  /** A number, or the category where the list gives it; null of a text. */
  public @Nullable Object value() {
    return get("value");
  }

  /** The words of a categorical, boolean or text score. */
  public @Nullable String stringValue() {
    return text("stringValue");
  }

  public @Nullable String dataType() {
    return text("dataType");
  }

  public @Nullable String traceId() {
    return text("traceId");
  }

  public @Nullable String observationId() {
    return text("observationId");
  }

  public @Nullable String sessionId() {
    return text("sessionId");
  }

  public @Nullable String datasetRunId() {
    return text("datasetRunId");
  }

  public @Nullable String comment() {
    return text("comment");
  }

  public @Nullable Object metadata() {
    return get("metadata");
  }

  public @Nullable String environment() {
    return text("environment");
  }

  public @Nullable String source() {
    return text("source");
  }

  public @Nullable String configId() {
    return text("configId");
  }

  public @Nullable Instant timestamp() {
    return instant("timestamp");
  }
}
