package io.langfuse4j.instrumentation.openai;

import com.openai.core.Enum;
import com.openai.core.JsonField;
import com.openai.core.JsonValue;
import com.openai.core.MultipartField;
import com.openai.core.ObjectMappers;
import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.JsonTree;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /** The body of a request; files in it are named, not read. */
  static Map<String, Object> body(@Nullable Object params) {
    Object body = params == null ? null : unwrapped(call(BODY, params));
    if (body instanceof Map<?, ?> fields) {
      Map<String, Object> plain = new LinkedHashMap<>();
      fields.forEach((key, value) -> put(plain, String.valueOf(key), value));
      return plain;
    }
    return map(body);
  }

  /** What an event of a stream looked like on the wire. */
  static Map<String, JsonValue> event(Object event) {
    Object raw = unwrapped(call(RAW, event));
    JsonField<?> json =
        raw instanceof JsonValue value
            ? value
            : ObjectMappers.jsonMapper().convertValue(event, JsonValue.class);
    return json.asObject().orElse(Map.of());
  }

  static @Nullable String text(Map<String, JsonValue> event, String key) {
    JsonField<?> value = event.get(key);
    return value == null ? null : value.asString().orElse(null);
  }

  static @Nullable Long number(Map<String, JsonValue> event, String key) {
    JsonField<?> value = event.get(key);
    return value == null ? null : value.asNumber().map(Number::longValue).orElse(null);
  }

  static <T> @Nullable T known(JsonField<T> field) {
    return field.asKnown().orElse(null);
  }

  static @Nullable String string(@Nullable Object value) {
    return value instanceof String string ? string : null;
  }

  private static @Nullable Object call(ClassValue<Optional<Method>> accessor, Object object) {
    Method method = accessor.get(object.getClass()).orElse(null);
    if (method == null) {
      return null;
    }
    try {
      return method.invoke(object);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object unwrapped(@Nullable Object value) {
    return value instanceof Optional<?> optional ? optional.orElse(null) : value;
  }

  private static void put(Map<String, Object> plain, String key, @Nullable Object value) {
    Object readable = value instanceof MultipartField<?> field ? part(key, field) : plain(value);
    if (readable != null) {
      plain.put(key, readable);
    }
  }

  private static @Nullable Object part(String key, MultipartField<?> field) {
    Object value = field.value().asKnown().orElse(null);
    if (value == null) {
      return null;
    }
    boolean isFile = key.equals("file") || key.equals("image") || key.equals("mask");
    return isFile
        ? field.filename().map(name -> "<file " + name + ">").orElse("<file>")
        : plain(value);
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Enum) {
      return value.toString();
    }
    if (value instanceof Collection<?> items) {
      return items.stream().map(Json::plain).filter(Objects::nonNull).toList();
    }
    return value == null ? null : ObjectMappers.jsonMapper().convertValue(value, Object.class);
  }

  static List<Map<String, Object>> maps(@Nullable Object list) {
    return Fields.maps(list);
  }

  static @Nullable Map<String, Object> object(@Nullable Object value) {
    return Fields.object(value);
  }
}
