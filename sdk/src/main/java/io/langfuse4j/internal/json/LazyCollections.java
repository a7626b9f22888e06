package io.langfuse4j.internal.json;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Recognises Hibernate's lazy collections and proxies by name, so that recording a value never runs
 * a query. No dependency on Hibernate.
 */
final class LazyCollections {

  private static final ClassValue<@Nullable Method> INITIALISED =
      new ClassValue<>() {
        @Override
        protected @Nullable Method computeValue(Class<?> type) {
          Class<?> collection =
              findInterface(type, "org.hibernate.collection.spi.PersistentCollection");
          try {
            return collection == null ? null : collection.getMethod("wasInitialized");
          } catch (NoSuchMethodException | SecurityException e) {
            return null;
          }
        }
      };

  private LazyCollections() {}

  /** Whether opening this collection would load it from a database. */
  static boolean isUninitialised(Object value) {
    Method initialised = INITIALISED.get(value.getClass());
    if (initialised == null) {
      return false;
    }
    try {
      return !(Boolean) initialised.invoke(value);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return true;
    }
  }

  static boolean isEntityProxy(Class<?> type) {
    return findInterface(type, "org.hibernate.proxy.HibernateProxy") != null;
  }

  static @Nullable Class<?> findInterface(Class<?> type, String name) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> implemented : c.getInterfaces()) {
        if (implemented.getName().equals(name)) {
          return implemented;
        }
        Class<?> inherited = findInterface(implemented, name);
        if (inherited != null) {
          return inherited;
        }
      }
    }
    return null;
  }
}
