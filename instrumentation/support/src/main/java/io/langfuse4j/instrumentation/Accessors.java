package io.langfuse4j.instrumentation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what only some providers' types, or only newer versions of a library, have: types that an
 * application has or has not, with accessors of known names. Thread-safe.
 */
public final class Accessors {

  private static final ClassValue<Map<String, Optional<Method>>> METHODS =
      new ClassValue<>() {
        @Override
        protected Map<String, Optional<Method>> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private Accessors() {}

  /** What the public method without parameters returns; null if there is none, or it fails. */
  public static @Nullable Object read(@Nullable Object object, String accessor) {
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
