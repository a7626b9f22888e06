package io.langfuse4j.internal;

import io.opentelemetry.api.common.Value;

/**
 * Values in values, which attributes may hold from OpenTelemetry 1.59 on, such as the messages of a
 * model call. Langfuse reads attributes as text.
 */
public final class NestedValues {

  private NestedValues() {}

  /** JSON, of a text the text itself. */
  public static String text(Object value) {
    return value instanceof Value<?> nested ? nested.asString() : value.toString();
  }
}
