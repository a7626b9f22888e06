package io.langfuse4j.instrumentation.genai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.instrumentation.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON text as maps and lists. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** Without nulls; empty if it is no object. */
  static Map<String, Object> map(String json) {
    try {
      return Fields.withoutNulls(Fields.map(MAPPER.readValue(json, Object.class)));
    } catch (JsonProcessingException e) {
      return new LinkedHashMap<>();
    }
  }

  static String text(@Nullable Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
