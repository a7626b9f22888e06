package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpSpan;
import org.jspecify.annotations.Nullable;

/** One place where a field's value may come from. */
@FunctionalInterface
interface Source {
  /** The value, or null to ask the next source. */
  @Nullable JsonNode in(OtlpSpan span);

  /** A span attribute, whatever its value: the empty string is an answer. */
  static Source present(String key) {
    return span -> span.attributes().get(key);
  }

  /** A span attribute that is neither empty, zero nor false. */
  static Source truthy(String key) {
    return span -> ifTruthy(span.attributes().get(key));
  }

  static Source resource(String key) {
    return span -> span.resource().get(key);
  }

  static Source truthyResource(String key) {
    return span -> ifTruthy(span.resource().get(key));
  }

  private static @Nullable JsonNode ifTruthy(@Nullable JsonNode value) {
    return Json.isTruthy(value) ? value : null;
  }
}
