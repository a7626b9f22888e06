package io.langfuse4j.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An observation as the server shows it. Immutable. */
public final class Observation extends ApiObject {

  Observation(Map<String, @Nullable Object> fields) {
    super(fields);
  }

  public String id() {
    return needed("id");
  }

  public @Nullable String traceId() {
    return text("traceId");
  }

  public @Nullable String parentObservationId() {
    return text("parentObservationId");
  }

  /** In capitals, for example {@code GENERATION}. */
  public String type() {
    return needed("type");
  }

  public @Nullable String name() {
    return text("name");
  }

  public @Nullable Instant startTime() {
    return instant("startTime");
  }

  public @Nullable Instant endTime() {
    return instant("endTime");
  }

  public @Nullable String model() {
    return text("model");
  }

  public @Nullable Object input() {
    return get("input");
  }

  public @Nullable Object output() {
    return get("output");
  }

  public @Nullable Object metadata() {
    return get("metadata");
  }

  public @Nullable String level() {
    return text("level");
  }

  public @Nullable String statusMessage() {
    return text("statusMessage");
  }

  public @Nullable String environment() {
    return text("environment");
  }

  /** Units by bucket. */
  public ApiObject usageDetails() {
    return object("usageDetails");
  }

  /** US dollars by bucket. */
  public ApiObject costDetails() {
    return object("costDetails");
  }

  public @Nullable String promptName() {
    return text("promptName");
  }

  public @Nullable Double promptVersion() {
    return number("promptVersion");
  }
}
