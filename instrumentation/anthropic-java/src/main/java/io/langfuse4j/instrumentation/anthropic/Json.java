package io.langfuse4j.instrumentation.anthropic;

import com.anthropic.core.JsonField;
import com.anthropic.core.JsonValue;
import com.anthropic.core.ObjectMappers;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.JsonTree;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The library's models as maps and lists, without the fields that are null. */
final class Json {

  private static final ClassValue<Optional<Method>> BODY = accessor("_body");
  private static final ClassValue<Optional<Method>> RAW = accessor("_json");

  private Json() {}

  private static ClassValue<Optional<Method>> accessor(String name) {
    return new ClassValue<>() {
      @Override
      protected Optional<Method> computeValue(Class<?> type) {
        try {
          return Optional.of(type.getMethod(name));
        } catch (NoSuchMethodException e) {
          return Optional.empty();
        }
      }
    };
  }

  /** A model of the library; empty if it is not an object. */
  static Map<String, Object> map(@Nullable Object model) {
    return Fields.map(JsonTree.of(ObjectMappers.jsonMapper(), model));
  }

  /** The body of a request. */
  static Map<String, Object> body(@Nullable Object params) {
    return map(params == null ? null : call(BODY, params));
  }

  /** What an event of a stream looked like on the wire. */
  static Map<String, JsonValue> event(Object event) {
    JsonField<?> json =
        call(RAW, event) instanceof JsonValue value
            ? value
            : ObjectMappers.jsonMapper().convertValue(event, JsonValue.class);
    return json.asObject().orElse(Map.of());
  }

  private static @Nullable Object call(ClassValue<Optional<Method>> accessor, Object object) {
    Method method = accessor.get(object.getClass()).orElse(null);
    if (method == null) {
      return null;
    }
    try {
      Object value = method.invoke(object);
      return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  /** JSON text of what was JSON on the wire. */
  static String text(Map<String, Object> map) {
    try {
      return ObjectMappers.jsonMapper().writeValueAsString(map);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static @Nullable String text(Map<String, JsonValue> event, String key) {
    JsonField<?> value = event.get(key);
    return value == null ? null : value.asString().orElse(null);
  }

  static long number(Map<String, JsonValue> event, String key) {
    JsonField<?> value = event.get(key);
    return value == null ? 0 : value.asNumber().map(Number::longValue).orElse(0L);
  }

  static Map<String, JsonValue> object(Map<String, JsonValue> event, String key) {
    JsonField<?> value = event.get(key);
    return value == null ? Map.of() : value.asObject().orElse(Map.of());
  }
}
