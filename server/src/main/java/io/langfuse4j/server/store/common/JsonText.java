package io.langfuse4j.server.store.common;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.model.ScoreConfig.Category;
import io.langfuse4j.server.store.LenientJson;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The small JSON texts of narrow columns, and merging of metadata objects. */
public final class JsonText {
  private static final ObjectMapper MAPPER = LenientJson.mapper();
  private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};
  private static final TypeReference<LinkedHashMap<String, Long>> UNITS = new TypeReference<>() {};
  private static final TypeReference<LinkedHashMap<String, BigDecimal>> AMOUNTS =
      new TypeReference<>() {};

  private static final TypeReference<List<Category>> CATEGORIES = new TypeReference<>() {};

  private JsonText() {}

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public static List<String> strings(String json) {
    return "[]".equals(json) ? List.of() : read(json, STRINGS);
  }

  public static Map<String, Long> units(String json) {
    return "{}".equals(json) ? Map.of() : read(json, UNITS);
  }

  public static Map<String, BigDecimal> amounts(String json) {
    return "{}".equals(json) ? Map.of() : read(json, AMOUNTS);
  }

  public static List<Category> categories(String json) {
    return read(json, CATEGORIES);
  }

  /** Both objects in one, entry by entry at every depth; the newer wins where they differ. */
  public static String merge(String older, String newer) {
    if (older.equals(newer) || "{}".equals(newer)) {
      return older;
    }
    if ("{}".equals(older)) {
      return newer;
    }
    try {
      JsonNode into = MAPPER.readTree(older);
      JsonNode from = MAPPER.readTree(newer);
      if (into instanceof ObjectNode target && from instanceof ObjectNode source) {
        mergeInto(target, source);
        return MAPPER.writeValueAsString(target);
      }
      return newer;
    } catch (JsonProcessingException e) {
      return newer;
    }
  }

  private static void mergeInto(ObjectNode target, ObjectNode source) {
    Iterator<Map.Entry<String, JsonNode>> fields = source.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (target.get(field.getKey()) instanceof ObjectNode inner
          && field.getValue() instanceof ObjectNode newer) {
        mergeInto(inner, newer);
      } else {
        target.set(field.getKey(), field.getValue());
      }
    }
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored JSON column cannot be read", e);
    }
  }
}
