package io.langfuse4j.spring;

import io.langfuse4j.internal.Warnings;
import io.langfuse4j.internal.observed.AlreadyWoven;
import io.langfuse4j.internal.observed.MethodObserver;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.logging.Logger;
import org.springframework.aop.SpringProxy;

/** Says which annotated methods of a bean no proxy can see, unless they are woven. */
final class UnseenMethods {

  private static final Warnings warnings = new Warnings(Logger.getLogger("io.langfuse4j"));
  private static final String HELP =
      "; calls are not observed. Change that, or use the Java agent or weaving at build time.";

  private UnseenMethods() {}

  static boolean cannotBeSubclassed(Class<?> type) {
    return Modifier.isFinal(type.getModifiers()) && !Proxy.isProxyClass(type);
  }

  static void warnOf(Class<?> type, boolean subclasses) {
    if (SpringProxy.class.isAssignableFrom(type)
        || type.isAnnotationPresent(AlreadyWoven.class)
        || Boolean.getBoolean("io.langfuse4j.javaagent.started")) {
      return;
    }
    if (subclasses && cannotBeSubclassed(type)) {
      warn(type.getName(), "it is final, and Spring cannot make a proxy of it");
      return;
    }
    try {
      for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
        for (Method method : c.getDeclaredMethods()) {
          warnOf(method, subclasses);
        }
      }
    } catch (LinkageError optionalDependencyMissing) {
      // Then nothing of it can be read, nor run.
    }
  }

  private static void warnOf(Method method, boolean subclasses) {
    int modifiers = method.getModifiers();
    boolean unseen =
        Modifier.isPrivate(modifiers)
            || Modifier.isStatic(modifiers)
            || subclasses && Modifier.isFinal(modifiers);
    if (unseen && MethodObserver.of(method) != null) {
      warn(
          method.getDeclaringClass().getName() + "." + method.getName(),
          "it is private, static or final, and Spring's proxies do not see it");
    }
  }

  private static void warn(String where, String why) {
    warnings.once(where, "@Observe on " + where + ": " + why + HELP);
  }
}
