package io.langfuse4j.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session and its traces. Immutable. */
public final class Session extends ApiObject {

  Session(Map<String, @Nullable Object> fields) {
    super(fields);
  }

  public String id() {
    return needed("id");
  }

  public @Nullable Instant createdAt() {
    return instant("createdAt");
  }

  public @Nullable String environment() {
    return text("environment");
  }

  /** Empty in a list. */
  public List<Trace> traces() {
    return objects("traces").stream().map(object -> new Trace(object.fields())).toList();
  }
}
