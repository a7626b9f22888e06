package io.langfuse4j.javaagent.libraries;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code java -jar langfuse4j-javaagent.jar doctor [jars of the application]}: says what is wrong
 * with settings, server, keys and libraries. A jar may be one with others inside, as Spring Boot
 * makes it, or a folder of jars. Ends with 0 if nothing is wrong, with 1 if something is, with 2 if
 * it is called wrongly.
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
    List<Path> given = jars.stream().map(Path::of).toList();
    for (Path each : given) {
      if (!Files.exists(each)) {
        System.err.println("There is no " + each);
        System.exit(2);
      }
    }
    ClassLoader nothing = ClassLoader.getPlatformClassLoader();
    try (ApplicationJars found = ApplicationJars.of(given);
        URLClassLoader application = new URLClassLoader(found.urls(), nothing);
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
}
