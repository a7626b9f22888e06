package io.langfuse4j.server.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Trace and span ids. Text stays as it is, whatever its alphabet; bytes become lower-case hex,
 * whether they come as protobuf, as a list of numbers or as a Node.js Buffer.
 */
final class Ids {
  private Ids() {}

  static @Nullable String fromBytes(ByteString bytes) {
    return bytes.isEmpty() ? null : HexFormat.of().formatHex(bytes.toByteArray());
  }

  static @Nullable String required(JsonNode span, String field, Problems problems) {
    String id = optional(span, field, problems);
    if (id == null && isAbsent(span.get(field))) {
      problems.add(field, "absent");
    }
    return id;
  }

  static @Nullable String optional(JsonNode span, String field, Problems problems) {
    JsonNode value = span.get(field);
    if (value == null || isAbsent(value)) {
      return null;
    }
    if (value.isTextual()) {
      return Json.wellFormed(value.textValue());
    }
    String hex = hexOf(isBuffer(value) ? value.get("data") : value);
    if (hex == null) {
      problems.add(field, "not_an_id");
    }
    return hex;
  }

  /** Empty counts as absent: nothing can be stored under an empty id. */
  private static boolean isAbsent(@Nullable JsonNode value) {
    return value == null
        || value.isNull()
        || (value.isTextual() && value.textValue().isEmpty())
        || (value.isArray() && value.isEmpty());
  }

  private static boolean isBuffer(JsonNode value) {
    return value.isObject() && "Buffer".equals(value.path("type").textValue());
  }

  private static @Nullable String hexOf(@Nullable JsonNode bytes) {
    if (bytes == null || !bytes.isArray() || bytes.isEmpty()) {
      return null;
    }
    StringBuilder hex = new StringBuilder(bytes.size() * 2);
    for (JsonNode item : bytes) {
      if (!item.isInt() || item.intValue() < -128 || item.intValue() > 255) {
        return null;
      }
      HexFormat.of().toHexDigits(hex, (byte) item.intValue());
    }
    return hex.toString();
  }
}
