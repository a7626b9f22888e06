package io.langfuse4j.javaagent.libraries;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has the integrations for a library, and sees the library. What the application has of Langfuse is
 * used; what it does not have comes with the agent. An application without the SDK gets one that is
 * all by itself, with an OpenTelemetry of its own, so that no version of the application's is in
 * its way. Jackson is always the library's where it has one: its models are mapped with it.
 */
final class IntegrationLoader extends URLClassLoader {

  private static final String INDEX = "/langfuse4j-libraries/index.txt";

  private final List<String> own;

  private IntegrationLoader(URL[] jars, ClassLoader library, List<String> own) {
    super("langfuse4j-integrations", jars, library);
    this.own = own;
  }

  static IntegrationLoader beside(ClassLoader library) throws IOException {
    List<String> own = new ArrayList<>();
    if (library.getResource("io/langfuse4j/Langfuse.class") == null) {
      own.add("io.langfuse4j.");
      if (library.getResource("io/opentelemetry/sdk/trace/SdkTracerProvider.class") == null) {
        own.add("io.opentelemetry.");
      }
    }
    return new IntegrationLoader(Jars.URLS.get(), library, own);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (own.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = ownOrParents(name);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  private Class<?> ownOrParents(String name) throws ClassNotFoundException {
    try {
      return findClass(name);
    } catch (ClassNotFoundException notOurs) {
      return getParent().loadClass(name);
    }
  }

  /** The jars inside the agent's, unpacked when the first of them is needed. */
  private static final class Jars {

    private static final Jars URLS = new Jars();

    private URL @Nullable [] unpacked;

    synchronized URL[] get() throws IOException {
      URL[] known = unpacked;
      if (known == null) {
        known = unpack();
        unpacked = known;
      }
      return Arrays.copyOf(known, known.length);
    }

    private static URL[] unpack() throws IOException {
      Path directory = Files.createTempDirectory("langfuse4j-agent");
      directory.toFile().deleteOnExit();
      List<URL> urls = new ArrayList<>();
      for (String name : names()) {
        Path jar = directory.resolve(name);
        jar.toFile().deleteOnExit();
        try (InputStream in = resource("/langfuse4j-libraries/" + name)) {
          Files.copy(in, jar);
        }
        urls.add(jar.toUri().toURL());
      }
      return urls.toArray(URL[]::new);
    }

    private static List<String> names() throws IOException {
      try (InputStream in = resource(INDEX)) {
        String index = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return index.lines().filter(line -> !line.isBlank()).toList();
      }
    }

    private static InputStream resource(String name) throws IOException {
      InputStream in = IntegrationLoader.class.getResourceAsStream(name);
      if (in == null) {
        throw new IOException(name + " is missing from the agent");
      }
      return in;
    }
  }
}
