package io.langfuse4j.javaagent.libraries;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code java -jar langfuse4j-javaagent.jar doctor [jars of the application]}: says what is wrong
 * with settings, server, keys and libraries. Ends with 0 if nothing is.
 */
public final class DoctorCommand {

  private static final String DOCTOR = "io.langfuse4j.instrumentation.doctor.Doctor";

  private DoctorCommand() {}

  /** Called by {@code java -jar}. */
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    if (arguments.length == 0 || !arguments[0].equals("doctor")) {
      System.err.println("usage: java -jar langfuse4j-javaagent.jar doctor [jars]");
      System.err.println("as an agent: java -javaagent:langfuse4j-javaagent.jar ...");
      System.exit(2);
    }
    System.exit(isHealthy(List.of(arguments).subList(1, arguments.length)) ? 0 : 1);
  }

  private static boolean isHealthy(List<String> jars)
      throws IOException, ReflectiveOperationException {
    ClassLoader nothing = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader application = new URLClassLoader(urls(jars), nothing);
        IntegrationLoader loader = IntegrationLoader.beside(nothing)) {
      Object healthy =
          Class.forName(DOCTOR, true, loader)
              .getMethod("examine", PrintStream.class, ClassLoader.class)
              .invoke(null, System.out, application);
      return Boolean.TRUE.equals(healthy);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static URL[] urls(List<String> jars) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String jar : jars) {
      urls.add(Path.of(jar).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
