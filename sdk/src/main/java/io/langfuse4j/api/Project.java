package io.langfuse4j.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A project. Immutable. */
public final class Project extends ApiObject {

  Project(Map<String, @Nullable Object> fields) {
    super(fields);
  }

  public String id() {
    return needed("id");
  }

  public String name() {
    return needed("name");
  }
}
