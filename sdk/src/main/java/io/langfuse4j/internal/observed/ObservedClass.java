package io.langfuse4j.internal.observed;

import io.langfuse4j.Observe;
import io.langfuse4j.internal.Warnings;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The observed methods of a class, read once; what is wrong with their annotations is said then.
 *
 * <p>Thread-safe. Whether the interfaces were read may be seen late by other threads, who then read
 * them again and say nothing new.
 */
final class ObservedClass {

  private static final Warnings warnings = new Warnings(Logger.getLogger("io.langfuse4j"));

  private static final String ABSTRACT =
      "is abstract and never runs; annotate the methods that implement it";

  private static final ClassValue<ObservedClass> CLASSES =
      new ClassValue<>() {
        @Override
        protected ObservedClass computeValue(Class<?> type) {
          return new ObservedClass(type);
        }
      };

  private final Class<?> type;
  private final Map<String, MethodObserver> observers = new HashMap<>();
  private final Map<Method, MethodObserver> byMethod = new HashMap<>();
  private boolean interfacesRead;

  private ObservedClass(Class<?> type) {
    this.type = type;
    Observe onClass = type.getAnnotation(Observe.class);
    if (onClass != null && !onClass.name().isEmpty()) {
      warn(type.getName(), "names all its methods alike; that name is ignored");
    }
    Set<String> names = new HashSet<>();
    for (Method method : type.getDeclaredMethods()) {
      if (method.isSynthetic()) {
        continue; // compilers copy annotations to bridges and the like
      }
      Observe own = method.getAnnotation(Observe.class);
      if (own != null) {
        check(method, own, names);
      }
      Observe observe = own != null ? own : isCoveredByClass(method) ? onClass : null;
      if (observe != null && isObservable(method)) {
        MethodObserver observer = MethodObserver.create(method, observe, own != null);
        observers.put(key(method), observer);
        byMethod.put(method, observer);
      }
    }
    readSuperclass();
  }

  /** Only for what it says: an annotated method may be abstract there. */
  private void readSuperclass() {
    Class<?> superclass = type.getSuperclass();
    if (superclass == null || superclass.getClassLoader() == null) {
      return;
    }
    try {
      of(superclass);
    } catch (LinkageError optionalDependencyMissing) {
      // The methods of this class can be observed all the same.
    }
  }

  /**
   * As {@link #of}, for ways in to which an annotation on an interface means nothing, and which
   * have to say so.
   */
  static ObservedClass ofRunning(Class<?> type) {
    ObservedClass observed = of(type);
    if (!observed.interfacesRead) {
      observed.interfacesRead = true;
      observed.warnOfInterfaces(type);
    }
    return observed;
  }

  private void warnOfInterfaces(Class<?> heir) {
    for (Class<?> implemented : heir.getInterfaces()) {
      if (implemented.getClassLoader() != null) {
        warnOfInterface(implemented);
        warnOfInterfaces(implemented);
      }
    }
    Class<?> superclass = heir.getSuperclass();
    if (superclass != null && superclass.getClassLoader() != null) {
      warnOfInterfaces(superclass);
    }
  }

  private void warnOfInterface(Class<?> implemented) {
    try {
      for (Method method : implemented.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Observe.class)
            && Modifier.isAbstract(method.getModifiers())
            && !hasObservedMethod(method.getName())) {
          warn(MethodObserver.label(method), ABSTRACT);
        }
      }
    } catch (LinkageError optionalDependencyMissing) {
      // Then nobody can call it.
    }
  }

  private boolean hasObservedMethod(String name) {
    return observers.keySet().stream().anyMatch(key -> key.startsWith(name + "("));
  }

  static ObservedClass of(Class<?> type) {
    return CLASSES.get(type);
  }

  @Nullable MethodObserver observer(Method method) {
    return byMethod.get(method);
  }

  @Nullable MethodObserver observer(String nameAndDescriptor) {
    return observers.get(nameAndDescriptor);
  }

  private static void check(Method method, Observe own, Set<String> names) {
    String label = MethodObserver.label(method);
    if (Modifier.isAbstract(method.getModifiers())) {
      warn(label, ABSTRACT);
    } else if (Modifier.isNative(method.getModifiers())) {
      warn(label, "is native; only calls through a proxy are observed");
    }
    if (!own.name().isEmpty() && !names.add(own.name())) {
      warn(label, "has the same name as another method of its class: " + own.name());
    }
  }

  private static void warn(String where, String what) {
    warnings.once(where + what, "@Observe on " + where + ": it " + what + ".");
  }

  /** Public methods the class declares itself, without those every object has. */
  private static boolean isCoveredByClass(Method method) {
    return Modifier.isPublic(method.getModifiers()) && !isFromObject(method);
  }

  private static boolean isFromObject(Method method) {
    return switch (method.getName()) {
      case "toString", "hashCode" -> method.getParameterCount() == 0;
      case "equals" -> method.getParameterCount() == 1;
      default -> false;
    };
  }

  private static boolean isObservable(Method method) {
    return !Modifier.isAbstract(method.getModifiers());
  }

  /** Name and descriptor, as woven code spells them. */
  private static String key(Method method) {
    return method.getName()
        + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .toMethodDescriptorString();
  }
}
