package io.langfuse4j.internal;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Value;
import java.util.EnumSet;
import java.util.Set;

/**
 * Values in values, which attributes may hold from OpenTelemetry 1.59 on, such as the messages of a
 * model call. Langfuse reads attributes as text.
 */
public final class NestedValues {

  private static final Set<AttributeType> FLAT =
      EnumSet.of(
          AttributeType.STRING,
          AttributeType.STRING_ARRAY,
          AttributeType.BOOLEAN,
          AttributeType.BOOLEAN_ARRAY,
          AttributeType.LONG,
          AttributeType.LONG_ARRAY,
          AttributeType.DOUBLE,
          AttributeType.DOUBLE_ARRAY);

  private NestedValues() {}

  /** Whether attributes of this key hold them, or whatever else OpenTelemetry may add one day. */
  public static boolean isHeldBy(AttributeKey<?> key) {
    return !FLAT.contains(key.getType());
  }

  /** JSON, of a text the text itself. */
  public static String text(Object value) {
    return value instanceof Value<?> nested ? nested.asString() : value.toString();
  }
}
