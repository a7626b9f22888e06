package io.langfuse4j.javaagent.libraries;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The jars of an application, for a class loader that only looks: those that were named, those in
 * named folders, and those inside of others, which are unpacked into a folder of their own until
 * this is closed. Confined to one thread.
 */
final class ApplicationJars implements AutoCloseable {

  private final List<Path> jars = new ArrayList<>();
  private final List<Path> unpacked = new ArrayList<>();

  private ApplicationJars() {}

  /** What is in {@code given}, files and folders that exist. */
  static ApplicationJars of(List<Path> given) throws IOException {
    ApplicationJars found = new ApplicationJars();
    for (Path each : given) {
      if (Files.isDirectory(each)) {
        try (Stream<Path> files = Files.walk(each)) {
          for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
            found.add(jar);
          }
        }
      } else {
        found.add(each);
      }
    }
    return found;
  }

  private void add(Path file) throws IOException {
    jars.add(file);
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry entry : jar.stream().filter(ApplicationJars::isJarOfApplication).toList()) {
        Path inner = Files.createTempFile("langfuse4j-doctor", ".jar");
        unpacked.add(inner);
        try (InputStream bytes = jar.getInputStream(entry)) {
          Files.write(inner, bytes.readAllBytes());
        }
      }
    }
  }

  /** Spring Boot's layout, as a program and as a web archive. */
  private static boolean isJarOfApplication(JarEntry entry) {
    return entry.getName().matches("(BOOT-INF|WEB-INF)/lib(-provided)?/[^/]+\\.jar");
  }

  URL[] urls() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : Stream.concat(jars.stream(), unpacked.stream()).toList()) {
      urls.add(jar.toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  @Override
  public void close() throws IOException {
    for (Path inner : unpacked) {
      Files.deleteIfExists(inner);
    }
  }
}
