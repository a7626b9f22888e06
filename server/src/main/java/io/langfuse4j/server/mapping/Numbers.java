package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as numbers or as text: some instrumentations can only send text. */
final class Numbers {
  /** Bounded, because a short text such as 1e999999999 makes a very long number. */
  private static final Pattern DECIMAL =
      Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?");

  private Numbers() {}

  static @Nullable BigDecimal decimal(@Nullable JsonNode value) {
    if (value == null) {
      return null;
    }
    if (value.isIntegralNumber()) {
      return new BigDecimal(value.bigIntegerValue());
    }
    if (value.isNumber()) {
      return Double.isFinite(value.doubleValue()) ? BigDecimal.valueOf(value.doubleValue()) : null;
    }
    String text = value.isTextual() ? value.textValue().strip() : "";
    return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : null;
  }
}
