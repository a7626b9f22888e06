package io.langfuse4j.instrumentation.langchain4j;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what only some providers' types have. Those types are in modules of their own, which an
 * application has or has not; their accessors have the same names.
 */
final class Accessors {

  private static final ClassValue<Map<String, Optional<Method>>> METHODS =
      new ClassValue<>() {
        @Override
        protected Map<String, Optional<Method>> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private Accessors() {}

  /** What the public method without parameters returns; null if there is none, or it fails. */
  static @Nullable Object read(@Nullable Object object, String accessor) {
    if (object == null) {
      return null;
    }
    Class<?> type = object.getClass();
    Method method =
        METHODS.get(type).computeIfAbsent(accessor, name -> find(type, name)).orElse(null);
    try {
      return method == null ? null : method.invoke(object);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static Optional<Method> find(Class<?> type, String name) {
    if (!Modifier.isPublic(type.getModifiers())) {
      return Optional.empty();
    }
    try {
      return Optional.of(type.getMethod(name));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }
}
