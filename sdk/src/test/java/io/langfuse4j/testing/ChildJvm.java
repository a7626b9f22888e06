package io.langfuse4j.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs a main class of the tests in a JVM of its own: for what a process has only one of, such as
 * environment variables, the exit, and warnings that are given once.
 */
public final class ChildJvm {

  /** How it ended, and everything it printed to both streams. */
  public record Result(int exitCode, String output) {
    public List<String> lines(String containing) {
      return output.lines().filter(line -> line.contains(containing)).toList();
    }
  }

  private ChildJvm() {}

  public static Result run(Class<?> main, Map<String, String> environment, String... arguments) {
    return finish(start(main, environment, arguments));
  }

  /** Starts the program; it must be passed to {@link #finish}. */
  public static Process start(Class<?> main, Map<String, String> environment, String... arguments) {
    return start(main, List.of(), environment, arguments);
  }

  /**
   * As {@link #start(Class, Map, String...)}, with less on the class path.
   *
   * @param without parts of the names of jars
   */
  public static Process start(
      Class<?> main, List<String> without, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx256m", "-cp"));
    command.add(classPath(without));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("LANGFUSE_"));
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath(List<String> without) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> without.stream().noneMatch(new File(entry).getName()::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Waits for the end of the program; kills it and fails if that takes longer than 30 s. */
  public static Result finish(Process process) {
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("the program did not end; it printed: " + output);
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
