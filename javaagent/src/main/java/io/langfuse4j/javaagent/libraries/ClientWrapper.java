package io.langfuse4j.javaagent.libraries;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Wraps clients with the integrations, found where the library is. Thread-safe; never throws. */
final class ClientWrapper implements BiFunction<String, Object, Object> {

  private final Map<String, TracedClient> byBuilder =
      TracedClient.ALL.stream()
          .collect(Collectors.toMap(TracedClient::builder, Function.identity()));
  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private final Object lock = new Object();
  // What is wrapped holds its loader; one that nothing is left of may be made again.
  private final Map<ClassLoader, WeakReference<IntegrationLoader>> loaders = new WeakHashMap<>();

  @Override
  public Object apply(String builder, Object built) {
    TracedClient client = byBuilder.get(builder);
    ClassLoader library = built.getClass().getClassLoader();
    if (client == null || library == null) {
      return built;
    }
    try {
      Object wrapped = wrap(client, built, library);
      say(client, Level.INFO, client.library() + " is traced by the Langfuse agent.", null);
      return wrapped;
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
      Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
      say(client, Level.WARNING, client.library() + " could not be traced.", cause);
      return built;
    }
  }

  private Object wrap(TracedClient client, Object built, ClassLoader library)
      throws IOException, ReflectiveOperationException {
    ClassLoader loader = loaderFor(library);
    Class<?> type = Class.forName(client.client(), false, loader);
    Class<?> entryPoint = Class.forName(client.entryPoint(), true, loader);
    Object wrapped = entryPoint.getMethod("wrap", type).invoke(null, built);
    return wrapped == null ? built : wrapped;
  }

  private ClassLoader loaderFor(ClassLoader library) throws IOException {
    synchronized (lock) {
      WeakReference<IntegrationLoader> known = loaders.get(library);
      IntegrationLoader loader = known == null ? null : known.get();
      if (loader == null) {
        loader = IntegrationLoader.beside(library);
        loaders.put(library, new WeakReference<>(loader));
      }
      return loader;
    }
  }

  private void say(TracedClient client, Level level, String what, @Nullable Throwable thrown) {
    if (said.add(client.library() + level)) {
      Logger.getLogger("io.langfuse4j.javaagent").log(level, what, thrown);
    }
  }
}
