package io.langfuse4j.instrumentation.openai;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What to do with a method of the library. Decided once per method. */
record Route(Kind kind, @Nullable Operation operationOrNull) {

  enum Kind {
    TRACED,
    CONVENIENCE,
    SERVICE,
    PASSED_ON
  }

  // The methods are those of the library's interfaces; there are some hundreds.
  private static final Map<Method, Route> ROUTES = new ConcurrentHashMap<>();

  static Route of(Method method) {
    Route known = ROUTES.get(method);
    return known == null ? ROUTES.computeIfAbsent(method, Route::decide) : known;
  }

  private static Route decide(Method method) {
    if (isService(method.getReturnType())) {
      return new Route(Kind.SERVICE, null);
    }
    Operation operation = Operations.of(method);
    if (operation == null) {
      return new Route(Kind.PASSED_ON, null);
    }
    // A convenience that the implementation fills in otherwise would be an abstract method.
    return new Route(method.isDefault() ? Kind.CONVENIENCE : Kind.TRACED, operation);
  }

  private static boolean isService(Class<?> type) {
    return type.isInterface()
        && (type.getName().startsWith("com.openai.services.")
            || type.getName().startsWith("com.openai.client."));
  }

  Operation operation() {
    if (operationOrNull == null) {
      throw new IllegalStateException("not a traced method");
    }
    return operationOrNull;
  }
}
