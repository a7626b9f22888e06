package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.otlp.Json;
import org.jspecify.annotations.Nullable;

/** What one rule found; null where it found nothing. */
record InputOutput(@Nullable JsonNode input, @Nullable JsonNode output) {
  static final InputOutput NOTHING = new InputOutput(null, null);

  static InputOutput of(@Nullable JsonNode input, @Nullable JsonNode output) {
    return new InputOutput(nullToAbsent(input), nullToAbsent(output));
  }

  boolean isNothing() {
    return input == null && output == null;
  }

  /** Whether neither side says anything: conventions send empty text for what was not recorded. */
  boolean isFalsy() {
    return !Json.isTruthy(input) && !Json.isTruthy(output);
  }

  InputOutput orElse(InputOutput other) {
    return new InputOutput(
        input != null ? input : other.input, output != null ? output : other.output);
  }

  @Nullable String inputText() {
    return input == null ? null : Json.text(input);
  }

  @Nullable String outputText() {
    return output == null ? null : Json.text(output);
  }

  private static @Nullable JsonNode nullToAbsent(@Nullable JsonNode node) {
    return node == null || node.isNull() || node.isMissingNode() ? null : node;
  }
}
