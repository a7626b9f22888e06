package io.langfuse4j.instrumentation.bedrock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.instrumentation.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** The SDK's models as maps and lists under the names they have on the wire, without nulls. */
final class Models {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Models() {}

  /** A model, and below it all that is set. */
  static Map<String, Object> map(SdkPojo model) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (SdkField<?> field : model.sdkFields()) {
      Object value = plain(field.getValueOrDefault(model));
      if (value != null) {
        map.put(field.locationName(), value);
      }
    }
    return map;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value == null
        || value instanceof SdkAutoConstructList
        || value instanceof SdkAutoConstructMap) {
      return null;
    }
    if (value instanceof SdkPojo model) {
      return map(model);
    }
    if (value instanceof Document document) {
      return document(document);
    }
    if (value instanceof SdkBytes bytes) {
      return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
    }
    if (value instanceof Collection<?> items) {
      List<Object> list = new ArrayList<>();
      for (Object item : items) {
        list.add(or(plain(item)));
      }
      return list;
    }
    if (value instanceof Map<?, ?> entries) {
      Map<String, Object> map = new LinkedHashMap<>();
      entries.forEach((key, entry) -> map.put(String.valueOf(key), or(plain(entry))));
      return map;
    }
    return value instanceof Number || value instanceof Boolean ? value : value.toString();
  }

  private static Object or(@Nullable Object value) {
    return value == null ? Map.of() : value;
  }

  /** Free JSON inside a model. */
  static @Nullable Object document(Document document) {
    if (document.isNumber()) {
      return document.asNumber().bigDecimalValue();
    }
    if (document.isMap()) {
      Map<String, Object> map = new LinkedHashMap<>();
      document.asMap().forEach((key, value) -> put(map, key, document(value)));
      return map;
    }
    if (document.isList()) {
      List<Object> list = new ArrayList<>();
      document.asList().forEach(item -> list.add(or(document(item))));
      return list;
    }
    return document.isNull() ? null : document.unwrap();
  }

  private static void put(Map<String, Object> map, String key, @Nullable Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  /** JSON text as a map without nulls; empty if it is none. */
  static Map<String, Object> parsed(@Nullable SdkBytes json) {
    if (json == null) {
      return new LinkedHashMap<>();
    }
    try {
      return Fields.withoutNulls(
          Fields.map(MAPPER.readValue(json.asByteArrayUnsafe(), Object.class)));
    } catch (IOException e) {
      return new LinkedHashMap<>();
    }
  }

  /** JSON text of maps and lists. */
  static String json(@Nullable Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
